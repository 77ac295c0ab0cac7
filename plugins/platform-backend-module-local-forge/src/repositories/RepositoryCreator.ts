import { randomUUID } from 'node:crypto';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  explainServiceName,
  type CreateRepositoryRequest,
  type Repository,
} from '@slipway/plugin-platform-common';
import type { CatalogPeople, Person } from '../people/CatalogPeople';
import type { PushDelivery } from '../pushes/PushDelivery';
import { explainFullDisk } from '../explainFullDisk';
import { createFirstCommit } from './createFirstCommit';
import { nameTaken } from './DatabaseRepositoryStore';
import { readArchive } from './readArchive';
import type { RepositoryAnnouncer } from './RepositoryAnnouncer';
import type { Repositories } from './Repositories';
import type { RepositoryStorage } from './RepositoryStorage';
import type { RepositoryRow } from './types';

/** Creates repositories: who may, under which name, and with what in them. */
export class RepositoryCreator {
  readonly #repositories: Repositories;
  readonly #storage: RepositoryStorage;
  readonly #people: CatalogPeople;
  readonly #delivery: PushDelivery;
  readonly #announcer: RepositoryAnnouncer;

  constructor(options: {
    repositories: Repositories;
    storage: RepositoryStorage;
    people: CatalogPeople;
    delivery: PushDelivery;
    announcer: RepositoryAnnouncer;
  }) {
    this.#repositories = options.repositories;
    this.#storage = options.storage;
    this.#people = options.people;
    this.#delivery = options.delivery;
    this.#announcer = options.announcer;
  }

  /**
   * Creates a repository whose first commit holds the files of a gzipped tar, and hands that commit to the
   * platform before it resolves. All of it or nothing. With a creation key that a repository of that name was created under
   * before, it answers that one.
   *
   * Throws `InputError` for a name, owner or archive that won't do, `ConflictError` for a name in use and
   * `NotAllowedError` for a team that the person doesn't belong to.
   */
  async create(
    userRef: string,
    request: CreateRepositoryRequest,
    archive: AsyncIterable<Uint8Array>,
    creationKey?: string,
  ): Promise<Repository> {
    const { name } = request;
    const own = await this.#createdBefore(name, creationKey);
    if (own) {
      return this.#tell(own);
    }
    const problem = explainServiceName(name);
    if (problem) {
      throw new InputError(`"${name}" can't name a repository. ${problem}`);
    }
    const owner = groupRef(request.owner);
    const [person] = await Promise.all([
      this.#checkMembership(userRef, owner),
      this.#checkFree(name),
    ]);

    const files = await readArchive(archive);
    const now = new Date();
    const row: RepositoryRow = {
      id: randomUUID(),
      name,
      description: request.description,
      owner,
      createdBy: userRef,
      createdAt: now.toISOString(),
      creationKey,
    };
    try {
      await explainFullDisk(() =>
        this.#storage.add(row, directory =>
          createFirstCommit(directory, {
            files,
            message: request.message ?? `Create ${name}`,
            author: { name: person.displayName, email: person.email },
            at: now,
          }),
        ),
      );
    } catch (error) {
      // Another attempt under the same key may have been faster.
      const faster = await this.#createdBefore(name, creationKey);
      if (!faster) {
        throw error;
      }
      return this.#tell(faster);
    }
    return this.#tell(row);
  }

  async #createdBefore(
    name: string,
    creationKey: string | undefined,
  ): Promise<RepositoryRow | undefined> {
    const row =
      creationKey === undefined
        ? undefined
        : await this.#repositories.row(name);
    return row?.creationKey === creationKey ? row : undefined;
  }

  /** Tells everybody about a repository that is there. Told again, nothing happens twice. */
  async #tell(row: RepositoryRow): Promise<Repository> {
    const [repository] = await Promise.all([
      this.#repositories.describe(row),
      this.#announcer.announce(row.name, 'created'),
      this.#delivery.deliver(row),
    ]);
    return repository;
  }

  async #checkMembership(userRef: string, owner: string): Promise<Person> {
    const [person, exists] = await Promise.all([
      this.#people.find(userRef),
      this.#people.hasGroup(owner),
    ]);
    if (!exists) {
      throw new InputError(
        `There is no team ${owner}. Choose one of the catalog's groups as the owner.`,
      );
    }
    if (!person?.groups.has(owner)) {
      const own = person ? [...person.groups].sort().join(', ') : '';
      throw new NotAllowedError(
        `You don't belong to ${owner}, so it can't own what you create. ${
          own ? `Choose one of your teams: ${own}.` : 'You belong to no team.'
        }`,
      );
    }
    return person;
  }

  async #checkFree(name: string): Promise<void> {
    const [row, isComponent] = await Promise.all([
      this.#repositories.row(name),
      this.#people.hasComponent(name),
    ]);
    if (row) {
      throw new ConflictError(nameTaken(name, `a repository of ${row.owner}`));
    }
    if (isComponent) {
      throw new ConflictError(nameTaken(name, 'a component in the catalog'));
    }
  }
}

function groupRef(owner: string): string {
  const defaults = { defaultKind: 'group', defaultNamespace: 'default' };
  let ref;
  try {
    ref = parseEntityRef(owner, defaults);
  } catch {
    ref = undefined;
  }
  if (ref?.kind.toLowerCase() !== 'group') {
    throw new InputError(
      `"${owner}" can't own a repository. Name a team, for example "group:default/payments".`,
    );
  }
  return stringifyEntityRef(ref);
}
