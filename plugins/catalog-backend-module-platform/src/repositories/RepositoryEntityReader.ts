import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import type {
  Repository,
  RequestOptions,
} from '@slipway/plugin-platform-common';
import { adoptEntities } from './adoptEntities';
import { isNotFound } from '../isNotFound';
import { parseCatalogFile } from './parseCatalogFile';
import type { RepositoryApi } from './RepositoryApi';

/** The file that declares what a repository is. */
export const CATALOG_FILE = 'catalog-info.yaml';

/** How far back a version of the file that can be read is looked for, in commits. */
const HISTORY = 30;

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
   * What the repository declares now: nothing where it has no file, `undefined`, with a warning logged, where the
   * file can't be read.
   */
  async read(
    repository: Repository,
    isRepository: IsRepository,
    options: RequestOptions,
  ): Promise<DeferredEntity[] | undefined> {
    const { name, head } = repository;
    if (!head) {
      return [];
    }
    const text = await this.#file(name, head.sha, CATALOG_FILE, options);
    if (text === undefined) {
      return [];
    }
    const parsed = parseCatalogFile(text);
    if (!parsed.entities) {
      this.#logger.warn(
        `${CATALOG_FILE} of the repository ${name} can't be read, so the catalog keeps what it has: ${parsed.problem}`,
      );
      return undefined;
    }
    return this.#adopt(
      repository,
      head.sha,
      parsed.entities,
      isRepository,
      options,
    );
  }

  /**
   * What the repository declares now or, where its file can't be read, declared when it last could. The
   * same answer as an uninterrupted series of `read`, for those who have no memory of it.
   */
  async readLastGood(
    repository: Repository,
    isRepository: IsRepository,
    options: RequestOptions,
  ): Promise<DeferredEntity[]> {
    const entities = await this.read(repository, isRepository, options);
    if (entities) {
      return entities;
    }
    const { name, defaultBranch } = repository;
    const commits = await this.#platform.listCommits(name, defaultBranch, {
      ...options,
      limit: HISTORY,
    });
    for (const { sha } of commits) {
      const text = await this.#file(name, sha, CATALOG_FILE, options);
      const parsed = text === undefined ? undefined : parseCatalogFile(text);
      if (parsed?.entities) {
        return this.#adopt(
          repository,
          sha,
          parsed.entities,
          isRepository,
          options,
        );
      }
    }
    return [];
  }

  async #adopt(
    repository: Repository,
    sha: string,
    entities: Entity[],
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
    return Promise.all(
      adopted.map(async entity => ({
        entity: await this.#withDefinition(repository, sha, entity, options),
        locationKey: `platform-repository:${repository.name}`,
      })),
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
