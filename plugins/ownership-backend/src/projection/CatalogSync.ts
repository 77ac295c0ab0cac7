import { setImmediate as breathe } from 'node:timers/promises';
import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OwnershipDirectory } from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';
import type { FindingStore } from '../findings';
import type { RotationFiles } from '../onCall';
import type { OrganisationStore } from './OrganisationStore';
import {
  OWNED_KINDS,
  projectEntity,
  rotationReference,
  systemOf,
} from './projectEntity';
import type { ProjectionStore, Reading } from './ProjectionStore';
import { directoryOf, readOrganisation } from './readOrganisation';
import type { RepositorySources } from './RepositorySources';

/** How many entities are read and stored at a time. */
const PAGE = 500;

/** The kinds that groups and people are of. */
const PEOPLE = ['Group', 'User'];

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.profile',
  'spec.dependsOn',
  'spec.dependencyOf',
  'relations',
  'status',
];

/** Who changed something where nobody says. */
const UNKNOWN_ACTOR = 'catalog';

/**
 * Brings the projection to where the catalog is. What it stores is never older than what is there; one call of it at a time, so that
 * findings are never older either.
 */
export class CatalogSync {
  readonly #auth: AuthService;
  readonly #catalog: Pick<
    CatalogService,
    'getEntitiesByRefs' | 'queryEntities' | 'streamEntities'
  >;
  readonly #knex: Knex;
  readonly #projection: ProjectionStore;
  readonly #organisation: OrganisationStore;
  readonly #findings: FindingStore;
  readonly #rotations: RotationFiles;
  readonly #repositories: RepositorySources;

  constructor(options: {
    auth: AuthService;
    catalog: Pick<
      CatalogService,
      'getEntitiesByRefs' | 'queryEntities' | 'streamEntities'
    >;
    knex: Knex;
    projection: ProjectionStore;
    organisation: OrganisationStore;
    findings: FindingStore;
    rotations: RotationFiles;
    repositories: RepositorySources;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#knex = options.knex;
    this.#projection = options.projection;
    this.#organisation = options.organisation;
    this.#findings = options.findings;
    this.#rotations = options.rotations;
    this.#repositories = options.repositories;
  }

  /** Reads everything; what isn't there any more is marked as gone. Answers whether anything was written. */
  async syncAll(signal?: AbortSignal): Promise<boolean> {
    const left = new Set(await this.#projection.present());
    const begun = new Date();
    const changed = await this.#readOrganisation();
    const directory = await this.#directory();
    await this.#rotations.read(peopleOf(directory));
    let hasChanged = changed.length > 0;
    for (const kind of OWNED_KINDS) {
      let at = new Date();
      for await (const page of this.#stream({ kind })) {
        signal?.throwIfAborted();
        const reading = { at, actor: UNKNOWN_ACTOR };
        hasChanged = (await this.#put(page, directory, reading)) || hasChanged;
        page.forEach(entity => left.delete(stringifyEntityRef(entity)));
        await breathe();
        at = new Date();
      }
    }
    const reading = { at: begun, actor: UNKNOWN_ACTOR };
    return (await this.#leave([...left], reading)) || hasChanged;
  }

  /** Reads some anew, with everything that they decide about. Answers whether anything was written. */
  async sync(
    refs: readonly string[],
    actor: string = UNKNOWN_ACTOR,
  ): Promise<boolean> {
    const names = refs.map(ref => stringifyEntityRef(parseEntityRef(ref)));
    const changed = names.some(isPeople) ? await this.#readOrganisation() : [];
    const decided = await this.#projection.decidedBy([...names, ...changed]);
    const wanted = [...new Set([...names, ...decided])].filter(
      ref => !isPeople(ref),
    );
    return (await this.#look(wanted, actor)) || changed.length > 0;
  }

  /** Reads the files of rotations anew, and what they decide about. Answers whether anything changed. */
  async syncRotations(): Promise<boolean> {
    const directory = await this.#directory();
    const changed = await this.#rotations.read(peopleOf(directory));
    if (changed.length === 0) {
      return false;
    }
    const refs = await this.#projection.decidedBy(
      changed.map(rotationReference),
    );
    await this.#look(refs, UNKNOWN_ACTOR);
    return true;
  }

  /** Finds what came or went without anybody saying so. Answers whether anything was written. */
  async syncMissed(): Promise<boolean> {
    const kinds = [...OWNED_KINDS, ...PEOPLE];
    const organisation = await this.#organisation.read();
    const known =
      (await this.#projection.count()) +
      organisation.teams.length +
      organisation.people.length;
    const { totalItems } = await this.#catalog.queryEntities(
      { filter: { kind: kinds }, limit: 1, fields: ['kind'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    if (totalItems === known) {
      return false;
    }
    const missing = new Set([
      ...(await this.#projection.present()),
      ...organisation.teams.map(({ groupRef }) => groupRef),
      ...organisation.people.map(({ userRef }) => userRef),
    ]);
    const found: string[] = [];
    const names = ['kind', 'metadata.name', 'metadata.namespace'];
    for await (const page of this.#stream({ kind: kinds }, names)) {
      for (const ref of page.map(entity => stringifyEntityRef(entity))) {
        if (!missing.delete(ref)) {
          found.push(ref);
        }
      }
    }
    return this.sync([...missing, ...found]);
  }

  async #look(refs: readonly string[], actor: string): Promise<boolean> {
    const directory = await this.#directory();
    let hasChanged = false;
    for (let start = 0; start < refs.length; start += PAGE) {
      const page = refs.slice(start, start + PAGE);
      const reading = { at: new Date(), actor };
      const found = await this.#byRefs(page);
      const there = new Set(found.map(entity => stringifyEntityRef(entity)));
      const gone = page.filter(ref => !there.has(ref));
      const isWritten = [
        await this.#put(found.filter(isOwned), directory, reading),
        await this.#leave(gone, reading),
      ].some(Boolean);
      hasChanged = isWritten || hasChanged;
    }
    return hasChanged;
  }

  async #readOrganisation(): Promise<string[]> {
    const entities: Entity[] = [];
    for await (const page of this.#stream({ kind: PEOPLE })) {
      entities.push(...page);
    }
    return this.#organisation.replace(readOrganisation(entities));
  }

  async #directory(): Promise<OwnershipDirectory> {
    return directoryOf(await this.#organisation.read());
  }

  async #put(
    entities: readonly Entity[],
    directory: OwnershipDirectory,
    reading: Reading,
  ): Promise<boolean> {
    const wanted = entities.flatMap(entity => systemOf(entity) ?? []);
    const systems = await this.#byRefs([...new Set(wanted)]);
    const surroundings = {
      directory,
      systems: new Map(systems.map(one => [stringifyEntityRef(one), one])),
      repositories: await this.#repositories.of(entities, directory),
      rotations: this.#rotations.names(),
      now: reading.at,
    };
    const projected = entities.map(entity =>
      projectEntity(entity, surroundings),
    );
    return this.#knex.transaction(async trx => {
      const written = await this.#projection.put(trx, projected, reading);
      const settled = await this.#findings.settle(
        trx,
        projected.map(({ entityRef }) => entityRef),
        projected.flatMap(({ findings }) => findings),
        reading.at,
      );
      return written.length + settled > 0;
    });
  }

  async #leave(refs: readonly string[], reading: Reading): Promise<boolean> {
    let count = 0;
    for (let start = 0; start < refs.length; start += PAGE) {
      count += await this.#leavePage(refs.slice(start, start + PAGE), reading);
    }
    return count > 0;
  }

  #leavePage(refs: readonly string[], reading: Reading): Promise<number> {
    return this.#knex.transaction(async trx => {
      const gone = await this.#projection.leave(trx, refs, reading);
      await this.#findings.closeGone(trx, gone, reading.at);
      return gone.length;
    });
  }

  async #byRefs(entityRefs: string[]): Promise<Entity[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.flatMap(entity => entity ?? []);
  }

  async *#stream(filter: Record<string, string | string[]>, fields = FIELDS) {
    yield* this.#catalog.streamEntities(
      { filter, fields, pageSize: PAGE },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
  }
}

function peopleOf({ users, groups }: OwnershipDirectory) {
  return { users: new Set(users.keys()), groups: new Set(groups.keys()) };
}

function isOwned({ kind }: Entity): boolean {
  return OWNED_KINDS.some(owned => owned === kind);
}

function isPeople(ref: string): boolean {
  return /^(group|user):/.test(ref);
}
