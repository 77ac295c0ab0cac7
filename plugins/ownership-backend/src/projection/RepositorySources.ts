import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  type Codeowners,
  type OwnershipDirectory,
  parseCodeowners,
  type RepositoryActivity,
} from '@slipway/plugin-ownership-common';
import type {
  RepositoryFacts,
  RepositoryReader,
} from '@slipway/plugin-ownership-node';
import { REPOSITORY_ANNOTATION } from '@slipway/plugin-platform-common';

/** How many repositories are read at a time. */
const SIDE_BY_SIDE = 8;

/** What the repository of an entity says of who owns it. */
export interface RepositorySource {
  codeowners?: Codeowners;
  activity?: RepositoryActivity[];
}

/** The name of the repository that an entity comes from. */
export function repositoryOf({ metadata }: Entity): string | undefined {
  return metadata.annotations?.[REPOSITORY_ANNOTATION];
}

/** What stands for a repository among references. */
export function repositoryReference(name: string): string {
  return `repository:default/${name}`;
}

/** Asks repositories who owns what is in them. */
export class RepositorySources {
  readonly #reader: RepositoryReader | undefined;
  readonly #logger: LoggerService;

  /** @param options - `reader`: without one, nothing is known of any */
  constructor(options: { reader?: RepositoryReader; logger: LoggerService }) {
    this.#reader = options.reader;
    this.#logger = options.logger;
  }

  /** Those of these entities, by the name of the repository. What can't be read now is left out, and read at the next look. */
  async of(
    entities: readonly Entity[],
    directory: OwnershipDirectory,
  ): Promise<Map<string, RepositorySource>> {
    const names = new Set(
      entities.flatMap(entity => repositoryOf(entity) ?? []),
    );
    const found = new Map<string, RepositorySource>();
    if (!this.#reader || names.size === 0) {
      return found;
    }
    const people = peopleByEmail(directory);
    const open = [...names];
    const work = async () => {
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        const facts = await this.#read(name);
        if (facts) {
          found.set(name, sourceOf(facts, people));
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return found;
  }

  async #read(name: string): Promise<RepositoryFacts | undefined> {
    try {
      return await this.#reader?.read(name);
    } catch (error) {
      this.#logger.warn(
        `What the repository ${name} says of who owns it can't be read now: ${error}`,
      );
      return undefined;
    }
  }
}

function sourceOf(
  { codeowners, authors }: RepositoryFacts,
  people: ReadonlyMap<string, string>,
): RepositorySource {
  const changes = new Map<string, number>();
  for (const person of authors.flatMap(
    email => people.get(email.toLocaleLowerCase('en-US')) ?? [],
  )) {
    changes.set(person, (changes.get(person) ?? 0) + 1);
  }
  return {
    ...(codeowners !== undefined && {
      codeowners: parseCodeowners(codeowners, 'gitlab'),
    }),
    activity: [...changes].map(([person, count]) => ({
      person,
      changes: count,
    })),
  };
}

function peopleByEmail({
  users,
}: OwnershipDirectory): ReadonlyMap<string, string> {
  return new Map(
    [...users].flatMap(([ref, { email }]) =>
      email ? [[email.toLocaleLowerCase('en-US'), ref] as const] : [],
    ),
  );
}
