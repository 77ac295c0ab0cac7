import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { BriefCache } from './BriefCache';

/** How long an answer of the catalog counts, in milliseconds. */
const LASTS_MS = 5_000;

/**
 * Who belongs to which team, as the catalog has it now. Only direct membership counts, as it does for what a signed-in
 * person owns; answers may be five seconds old.
 */
export class Memberships {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #teams = new BriefCache<string[]>(LASTS_MS);
  readonly #members = new BriefCache<string[]>(LASTS_MS);

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** The entity references of a person's teams; none for whoever the catalog doesn't know as a user. */
  async teamsOf(userRef: string): Promise<string[]> {
    return isOfKind(userRef, 'user')
      ? this.#teams.get(userRef, () => this.#askTeams(userRef))
      : [];
  }

  /** The entity references of a team's people. */
  async membersOf(groupRef: string): Promise<string[]> {
    return this.#members.get(groupRef, () => this.#askMembers(groupRef));
  }

  async #askTeams(userRef: string): Promise<string[]> {
    const entity = await this.#catalog.getEntityByRef(
      userRef,
      await this.#asPlatform(),
    );
    return (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
  }

  async #askMembers(groupRef: string): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: {
          kind: 'user',
          [`relations.${RELATION_MEMBER_OF}`]: groupRef,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      await this.#asPlatform(),
    );
    return items.map(item => stringifyEntityRef(item));
  }

  async #asPlatform() {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}

/** Whether a text is the reference of an entity of this kind. */
export function isOfKind(entityRef: string, kind: string): boolean {
  return tryParseEntityRef(entityRef)?.kind.toLocaleLowerCase('en-US') === kind;
}

function tryParseEntityRef(entityRef: string): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(entityRef);
  } catch {
    // What no entity can be called, no entity is.
    return undefined;
  }
}
