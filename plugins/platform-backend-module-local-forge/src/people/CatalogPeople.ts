import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  isGroupEntity,
  isUserEntity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Who somebody is, as the catalog knows it. */
export interface Person {
  /** The entity reference. */
  ref: string;
  displayName: string;
  email: string;
  /** The teams they belong to, directly or through a parent of their team. */
  groups: ReadonlySet<string>;
}

/** Long enough for the several requests of one push, short enough that leaving a team takes effect at once. */
const REMEMBERED_FOR_MS = 3000;

/** Asks the catalog about people and teams, with the platform's own credentials. */
export class CatalogPeople {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #emailDomain: string;
  readonly #remembered = new Map<
    string,
    { until: number; person: Promise<Person | undefined> }
  >();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** The domain of the address that stands in for a missing one. */
    emailDomain: string;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#emailDomain = options.emailDomain;
  }

  /** Finds a person; `undefined` where the catalog has none of that reference. */
  async find(userRef: string): Promise<Person | undefined> {
    const now = Date.now();
    for (const [ref, { until }] of this.#remembered) {
      if (until <= now) {
        this.#remembered.delete(ref);
      }
    }
    const remembered = this.#remembered.get(userRef);
    if (remembered) {
      return remembered.person;
    }
    const person = this.#look(userRef);
    const entry = { until: now + REMEMBERED_FOR_MS, person };
    this.#remembered.set(userRef, entry);
    person.catch(() => this.#remembered.delete(userRef));
    return person;
  }

  /** Tells whether the catalog has a group of that reference. */
  async hasGroup(groupRef: string): Promise<boolean> {
    const entity = await this.#catalog.getEntityByRef(groupRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return entity !== undefined && isGroupEntity(entity);
  }

  /** Tells whether the catalog has a component of that name. */
  async hasComponent(name: string): Promise<boolean> {
    const entity = await this.#catalog.getEntityByRef(
      { kind: 'Component', namespace: 'default', name },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return entity !== undefined;
  }

  async #look(userRef: string): Promise<Person | undefined> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const user = await this.#catalog.getEntityByRef(userRef, { credentials });
    if (!user || !isUserEntity(user)) {
      return undefined;
    }
    const groups = new Set<string>();
    let found = targets(user, RELATION_MEMBER_OF);
    while (found.length > 0) {
      found.forEach(ref => groups.add(ref));
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: found, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      found = items
        .flatMap(group => (group ? targets(group, RELATION_CHILD_OF) : []))
        .filter((ref, index, all) => all.indexOf(ref) === index)
        .filter(ref => !groups.has(ref));
    }
    const { name } = parseEntityRef(userRef);
    return {
      ref: userRef,
      displayName: user.spec.profile?.displayName ?? name,
      email: user.spec.profile?.email ?? `${name}@noreply.${this.#emailDomain}`,
      groups,
    };
  }
}

function targets(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef);
}
