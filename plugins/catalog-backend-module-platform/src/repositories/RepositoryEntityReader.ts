import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import { parseCatalogFile } from '@slipway/plugin-ownership-node';
import {
  INGESTION_PROBLEM_ANNOTATION,
  type Repository,
  type RequestOptions,
} from '@slipway/plugin-platform-common';
import { adoptEntities } from './adoptEntities';
import { isNotFound } from '../isNotFound';
import type { RepositoryApi } from './RepositoryApi';

/** The file that declares what a repository is. */
export const CATALOG_FILE = 'catalog-info.yaml';

/** How far back a version of the file that can be read is looked for, in commits. */
const HISTORY = 30;

/** The entities of a file, as a commit has it. */
interface Version {
  sha: string;
  entities: Entity[];
}

type IsRepository = (name: string) => Promise<boolean>;

/** Reads what repositories declare about themselves. */
export class RepositoryEntityReader {
  readonly #platform: RepositoryApi;
  readonly #logger: LoggerService;

  constructor(options: { platform: RepositoryApi; logger: LoggerService }) {
    this.#platform = options.platform;
    this.#logger = options.logger;
  }

  /**
   * What the repository declares: nothing where it has no file. Where the file can't be read, what it declared when it last could, each entity with
   * the reason in an annotation; what is refused is told by the first that is not.
   */
  async read(
    repository: Repository,
    isRepository: IsRepository,
    options: RequestOptions,
  ): Promise<DeferredEntity[]> {
    const { name, head } = repository;
    const text =
      head && (await this.#file(name, head.sha, CATALOG_FILE, options));
    if (!head || text === undefined) {
      return [];
    }
    const parsed = parseCatalogFile(text);
    if (parsed.entities) {
      const now = { sha: head.sha, entities: parsed.entities };
      return this.#adopt(repository, now, isRepository, options);
    }
    const problem = `${CATALOG_FILE} of the repository ${name} can't be read, so the catalog keeps what it has: ${parsed.problem}`;
    this.#logger.warn(problem);
    const good = await this.#lastGood(repository, options);
    const kept = good
      ? await this.#adopt(repository, good, isRepository, options)
      : [];
    return kept.map(one => withProblem(one, problem));
  }

  async #lastGood(
    { name, defaultBranch }: Repository,
    options: RequestOptions,
  ): Promise<Version | undefined> {
    const commits = await this.#platform.listCommits(name, defaultBranch, {
      ...options,
      limit: HISTORY,
    });
    for (const { sha } of commits) {
      const text = await this.#file(name, sha, CATALOG_FILE, options);
      const entities =
        text === undefined ? undefined : parseCatalogFile(text).entities;
      if (entities) {
        return { sha, entities };
      }
    }
    return undefined;
  }

  async #adopt(
    repository: Repository,
    { sha, entities }: Version,
    isRepository: IsRepository,
    options: RequestOptions,
  ): Promise<DeferredEntity[]> {
    const { adopted, refused } = await adoptEntities(
      repository,
      entities,
      isRepository,
    );
    for (const why of refused) {
      this.#logger.warn(
        `${CATALOG_FILE} of the repository ${repository.name}: ${why}`,
      );
    }
    const made = await Promise.all(
      adopted.map(async entity => ({
        entity: await this.#withDefinition(repository, sha, entity, options),
        locationKey: `platform-repository:${repository.name}`,
      })),
    );
    return made.map((one, index) =>
      index === 0 && refused.length > 0
        ? withProblem(one, `${CATALOG_FILE}: ${refused.join(' ')}`)
        : one,
    );
  }

  /** Fills in the file that an API names with `$text`: the catalog itself could not fetch it from here. */
  async #withDefinition(
    { name }: Repository,
    sha: string,
    entity: Entity,
    options: RequestOptions,
  ): Promise<Entity> {
    const definition = entity.spec?.definition;
    const file =
      typeof definition === 'object' &&
      definition !== null &&
      '$text' in definition
        ? definition.$text
        : undefined;
    if (typeof file !== 'string' || /^[a-z]+:/.test(file)) {
      return entity;
    }
    const path = file.replace(/^(?:\.\/)+/, '');
    const text = await this.#file(name, sha, path, options);
    if (text === undefined) {
      this.#logger.warn(
        `${CATALOG_FILE} of the repository ${name}: ${entity.kind} ${entity.metadata.name} names the file "${file}", which can't be read as text.`,
      );
    }
    return { ...entity, spec: { ...entity.spec, definition: text ?? '' } };
  }

  async #file(
    repository: string,
    sha: string,
    path: string,
    options: RequestOptions,
  ): Promise<string | undefined> {
    try {
      const file = await this.#platform.getFile(repository, sha, path, options);
      return file.text;
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

function withProblem(
  { entity, ...rest }: DeferredEntity,
  problem: string,
): DeferredEntity {
  const { metadata } = entity;
  return {
    ...rest,
    entity: {
      ...entity,
      metadata: {
        ...metadata,
        annotations: {
          ...metadata.annotations,
          [INGESTION_PROBLEM_ANNOTATION]: problem,
        },
      },
    },
  };
}
