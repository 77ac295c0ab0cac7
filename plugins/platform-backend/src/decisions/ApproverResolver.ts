import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type ApprovalTerms,
  MANAGER_ANNOTATION,
  ON_CALL_ANNOTATION,
} from '@slipway/plugin-platform-common';
import type { ApproverQuery } from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import { BriefCache } from './BriefCache';
import { describeApprovers, titleOf } from './describeApprovers';
import { isOfKind, type Memberships } from './Memberships';
import type { OnDuty } from './OnDuty';

/** The most people and teams that one filter may find. */
const MOST_FOUND = 100;
/** How long the same question has the same answer, in milliseconds. */
const LASTS_MS = 5_000;

/** What a query comes to: references, or why there are none. */
type Found = { refs: string[]; missing?: string };

/** Turns the question who may approve into people and teams of the catalog. */
export class ApproverResolver {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #memberships: Memberships;
  readonly #onDuty: OnDuty;
  readonly #platformTeam: string;
  readonly #terms = new BriefCache<ApprovalTerms>(LASTS_MS);

  /** @param options - `platformTeam`: the entity reference of the team that looks after the platform */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    memberships: Memberships;
    onDuty: OnDuty;
    platformTeam: string;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#memberships = options.memberships;
    this.#onDuty = options.onDuty;
    this.#platformTeam = options.platformTeam;
  }

  /**
   * Who may approve, as of now. Throws `ConflictError` where fewer people than the quorum could, the one who asks not counted:
   * such an approval could only expire.
   */
  resolve(
    approvers: ApproverQuery[],
    quorum: number,
    run: { owner: string; requestedBy: string },
  ): Promise<ApprovalTerms> {
    const { owner, requestedBy } = run;
    return this.#terms.get(
      JSON.stringify([approvers, quorum, owner, requestedBy]),
      () => this.#resolve(approvers, quorum, run),
    );
  }

  async #resolve(
    queries: ApproverQuery[],
    quorum: number,
    run: { owner: string; requestedBy: string },
  ): Promise<ApprovalTerms> {
    if (!Number.isInteger(quorum) || quorum < 1) {
      throw new InputError(
        `The quorum of an approval is a whole number from 1, not ${quorum}.`,
      );
    }
    const found = await Promise.all(
      queries.map(query => this.#find(query, run)),
    );
    const refs = [...new Set(found.flatMap(query => query.refs))];
    const entities = await this.#existing(refs);
    const approvers = entities.map(entity => stringifyEntityRef(entity));
    const [people, teams] = await Promise.all([
      this.#peopleAmong(approvers),
      this.#memberships.teamsOf(run.requestedBy),
    ]);
    people.delete(run.requestedBy);
    const approversText = describeApprovers(
      entities.map((entity, index) => ({
        title: titleOf(entity),
        team: isOfKind(approvers[index], 'group'),
        ofRequester: teams.includes(approvers[index]),
      })),
      quorum,
    );
    if (people.size < quorum) {
      const missing = [
        ...found.flatMap(query => query.missing ?? []),
        ...refs
          .filter(ref => !approvers.includes(ref))
          .map(ref => `The catalog has no ${ref}.`),
      ];
      throw new ConflictError(
        [
          approvers.length > 0
            ? `It takes ${approversText} to approve this, and there is ${people.size === 0 ? 'nobody' : `only ${[...people].map(nameOf).join(', ')}`} besides ${nameOf(run.requestedBy)}.`
            : 'Nobody can approve this.',
          ...missing,
          'Let the catalog name somebody who can, or let somebody else ask.',
        ].join(' '),
      );
    }
    return { approvers, approversText, quorum };
  }

  async #find(
    query: ApproverQuery,
    run: { owner: string; requestedBy: string },
  ): Promise<Found> {
    if ('entityRef' in query) {
      return readRef(query.entityRef, 'group', `The rule that asks for it`);
    }
    if ('filter' in query) {
      return this.#byFilter(query.filter);
    }
    switch (query.role) {
      case 'owning-team':
        return { refs: [run.owner] };
      case 'platform-team':
        return { refs: [this.#platformTeam] };
      case 'requester-manager':
        return this.#byAnnotation(run.requestedBy, MANAGER_ANNOTATION);
      default:
        return this.#onCall(run.owner);
    }
  }

  /** As rotations have it; where none does, or they can't be asked, who the annotation of the team names. */
  async #onCall(team: string): Promise<Found> {
    const [refs, named] = await Promise.all([
      this.#onDuty.of(team).catch(() => undefined),
      this.#byAnnotation(team, ON_CALL_ANNOTATION),
    ]);
    if (refs && refs.length > 0) {
      return { refs };
    }
    return named.missing
      ? { ...named, missing: `Nobody is on call for ${team}: ${named.missing}` }
      : named;
  }

  async #byAnnotation(entityRef: string, annotation: string): Promise<Found> {
    const [entity] = await this.#existing([entityRef]);
    const value = entity?.metadata.annotations?.[annotation];
    return value
      ? readRef(value, 'user', `The annotation ${annotation} of ${entityRef}`)
      : {
          refs: [],
          missing: entity
            ? `${entityRef} has no annotation ${annotation}.`
            : `The catalog has no ${entityRef}.`,
        };
  }

  async #byFilter(filter: Record<string, string | string[]>): Promise<Found> {
    const { items } = await this.#catalog.getEntities(
      {
        filter,
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MOST_FOUND + 1,
      },
      await this.#asPlatform(),
    );
    const refs = items
      .map(item => stringifyEntityRef(item))
      .filter(ref => isOfKind(ref, 'user') || isOfKind(ref, 'group'));
    if (items.length > MOST_FOUND) {
      throw new InputError(
        `The filter ${JSON.stringify(filter)} finds more than ${MOST_FOUND} approvers. Name a team instead.`,
      );
    }
    return refs.length > 0
      ? { refs }
      : {
          refs,
          missing: `The filter ${JSON.stringify(filter)} finds no user and no team.`,
        };
  }

  /** The people and teams among these that the catalog has. */
  async #existing(refs: string[]): Promise<Entity[]> {
    const wanted = refs.filter(
      ref => isOfKind(ref, 'user') || isOfKind(ref, 'group'),
    );
    if (wanted.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: wanted,
        fields: ['kind', 'metadata', 'spec.profile.displayName'],
      },
      await this.#asPlatform(),
    );
    return items.flatMap(item => item ?? []);
  }

  async #peopleAmong(approvers: string[]): Promise<Set<string>> {
    const people = await Promise.all(
      approvers.map(async ref =>
        isOfKind(ref, 'group') ? this.#memberships.membersOf(ref) : [ref],
      ),
    );
    return new Set(people.flat());
  }

  async #asPlatform() {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}

function readRef(value: string, defaultKind: string, source: string): Found {
  try {
    const ref = parseEntityRef(value, {
      defaultKind,
      defaultNamespace: 'default',
    });
    return { refs: [stringifyEntityRef(ref)] };
  } catch {
    return {
      refs: [],
      missing: `${source} names "${value}", which is no entity reference.`,
    };
  }
}
