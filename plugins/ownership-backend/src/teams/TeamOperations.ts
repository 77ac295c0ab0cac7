import { NotFoundError } from '@backstage/errors';
import type { TeamDetail, TeamSummary } from '@slipway/plugin-ownership-common';
import type { Asking } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import type { EntityStore } from '../entities';
import type { FindingReads } from '../findings';
import { groupReference } from '../http';
import type { OnCallService } from '../onCall';
import type { OrganisationReads } from '../organisation';

/** How much of what a team owns comes with it. */
const FIRST_PAGE = 25;

/** What people ask of teams, over HTTP and as actions alike. */
export class TeamOperations {
  readonly #access: Access;
  readonly #organisation: OrganisationReads;
  readonly #entities: EntityStore;
  readonly #findings: FindingReads;
  readonly #onCall: OnCallService;

  constructor(options: {
    access: Access;
    organisationReads: OrganisationReads;
    entities: EntityStore;
    findingReads: FindingReads;
    onCall: OnCallService;
  }) {
    this.#access = options.access;
    this.#organisation = options.organisationReads;
    this.#entities = options.entities;
    this.#findings = options.findingReads;
    this.#onCall = options.onCall;
  }

  async list(asking: Asking, q: string | undefined): Promise<TeamSummary[]> {
    await this.#access.requireRead(asking);
    return this.#organisation.list(q);
  }

  async get(asking: Asking, text: string): Promise<TeamDetail> {
    await this.#access.requireRead(asking);
    const ref = groupReference(text, 'ref');
    const [record] = await this.#organisation.teams([ref]);
    if (!record) {
      throw new NotFoundError(
        `There is no group ${ref} in the catalog. Look for it in the list of teams.`,
      );
    }
    const { annotations: _, parent, ...team } = record;
    const page = { owner: ref, limit: FIRST_PAGE };
    const [
      people,
      parents,
      children,
      counts,
      findingCounts,
      entities,
      findings,
      onCall,
    ] = await Promise.all([
      this.#organisation.people(ref),
      this.#organisation.parents(record),
      this.#organisation.children(ref),
      this.#entities.countByKind(ref),
      this.#findings.countOf(ref),
      this.#entities.list(page),
      this.#findings.list({ ...page, state: 'open' }),
      this.#onCall.ofTeams([record], new Date()),
    ]);
    return {
      ...team,
      people,
      parents,
      children,
      counts,
      findingCounts,
      entities,
      findings,
      onCall: onCall.get(ref) ?? [],
    };
  }
}
