import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Finding, FindingFilter } from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import {
  type Asking,
  type Caller,
  withAudit,
} from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { groupReference, userReference } from '../http';
import type { OrganisationReads } from '../organisation';
import { type FindingReads, isId } from './FindingReads';
import type { FindingChange, FindingStore } from './FindingStore';

/** The longest that a finding may be snoozed, in days. */
const LONGEST_SNOOZE_DAYS = 180;
const DAY_MS = 24 * 60 * 60_000;

/** What people ask of findings, over HTTP and as actions alike. */
export class FindingOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #findings: FindingStore;
  readonly #reads: FindingReads;
  readonly #people: OrganisationReads;
  readonly #onChange: () => void;

  /** @param options - `onChange`: something was changed */
  constructor(options: {
    access: Access;
    auditor: AuditorService;
    findings: FindingStore;
    findingReads: FindingReads;
    people: OrganisationReads;
    onChange: () => void;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#findings = options.findings;
    this.#reads = options.findingReads;
    this.#people = options.people;
    this.#onChange = options.onChange;
  }

  async list(
    asking: Asking,
    { owner, state, assignee, ...filter }: FindingFilter & { limit: number },
  ): Promise<Page<Finding>> {
    await this.#access.requireRead(asking);
    return this.#reads.list({
      ...filter,
      state: state ?? 'open',
      owner: owner === 'none' ? null : owner && groupReference(owner, 'owner'),
      assignee: assignee && userReference(assignee, 'assignee'),
    });
  }

  /** @param assignee - left out, nobody looks after it any more */
  async assign(
    asking: Asking,
    id: string,
    assignee: string | undefined,
  ): Promise<Finding> {
    const { userRef } = await this.#access.requireActor(asking);
    const person = assignee && userReference(assignee, 'assignee');
    if (person && !(await this.#people.isPerson(person))) {
      throw new InputError(
        `assignee: ${person} is not in the catalog. Name somebody who is.`,
      );
    }
    return this.#change('finding-assign', id, userRef, {
      assignee: person ?? null,
    });
  }

  async snooze(
    asking: Asking,
    id: string,
    { until, reason }: { until: string; reason: string },
  ): Promise<Finding> {
    const caller = await this.#access.requireActor(asking);
    const { userRef } = caller;
    const at = Date.parse(until);
    const last = Date.now() + LONGEST_SNOOZE_DAYS * DAY_MS;
    if (Number.isNaN(at) || at <= Date.now() || at > last) {
      throw new InputError(
        `until: "${until}" is no day within the next ${LONGEST_SNOOZE_DAYS}. Write one such as ${new Date(Date.now() + 7 * DAY_MS).toISOString().slice(0, 10)}.`,
      );
    }
    if (reason.trim() === '') {
      throw new InputError(
        'reason: It is empty. Say why it can wait, for those who look later.',
      );
    }
    await this.#requireConcerned(caller, await this.#require(id));
    return this.#change('finding-snooze', id, userRef, {
      state: 'snoozed',
      snoozed_until: new Date(at),
      snooze_reason: reason.trim(),
      snoozed_by: userRef,
    });
  }

  async wake(asking: Asking, id: string): Promise<Finding> {
    const { userRef } = await this.#access.requireActor(asking);
    return this.#change('finding-wake', id, userRef, {
      state: 'open',
      snoozed_until: null,
      snooze_reason: null,
      snoozed_by: null,
    });
  }

  /** Throws `NotAllowedError` where the owner is another team, and has people who could do something about it. */
  async #requireConcerned(
    { ownershipRefs }: Caller,
    { owner }: Finding,
  ): Promise<void> {
    if (
      owner &&
      !ownershipRefs.includes(owner) &&
      (await this.#people.people(owner)).length > 0
    ) {
      throw new NotAllowedError(
        `This is for ${owner} to decide. Only members of it can snooze it; ask one of them.`,
      );
    }
  }

  async #change(
    eventId: string,
    id: string,
    actor: string,
    change: FindingChange,
  ): Promise<Finding> {
    const known = await this.#require(id);
    return withAudit(
      this.#auditor,
      { eventId, severityLevel: 'low', meta: { id, actor } },
      async () => {
        if (!(await this.#findings.change(id, change))) {
          throw new ConflictError(
            `The finding ${known.key} is closed: ${known.closedBecause ?? 'it was mended.'}`,
          );
        }
        this.#onChange();
        return this.#require(id);
      },
    );
  }

  async #require(id: string): Promise<Finding> {
    const finding = isId(id) ? await this.#reads.find(id) : undefined;
    if (!finding) {
      throw new NotFoundError(
        `There is no finding ${id}. Look for it in the list of findings.`,
      );
    }
    return finding;
  }
}
