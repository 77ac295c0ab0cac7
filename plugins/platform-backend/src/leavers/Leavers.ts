import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ApprovalTerms,
  LeaverOutcome,
  LeaverRequest,
} from '@slipway/plugin-platform-common';
import {
  type ApproverQuery,
  type Forge,
  withAudit,
} from '@slipway/plugin-platform-node';
import type { ApproverResolver } from '../decisions';
import type { LeaverApprovals, WaitingApproval } from './LeaverApprovals';

/** Who is asked where those who were can't decide any more, the nearest first. */
const STAND_INS: ApproverQuery[][] = [
  [],
  [{ role: 'owning-team' }],
  [{ role: 'owning-team' }, { role: 'platform-team' }],
];

/** Takes back what somebody had who isn't there any more. */
export class Leavers {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #forge: Pick<Forge, 'revokeAccess'>;
  readonly #approvers: Pick<ApproverResolver, 'resolve'>;
  readonly #store: LeaverApprovals;

  constructor(options: {
    auditor: AuditorService;
    logger: LoggerService;
    forge: Pick<Forge, 'revokeAccess'>;
    approvers: Pick<ApproverResolver, 'resolve'>;
    store: LeaverApprovals;
  }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
    this.#forge = options.forge;
    this.#approvers = options.approvers;
    this.#store = options.store;
  }

  /** Revokes their access tokens, and lets others decide what waits for them. May be called again. */
  async left({ person, teams }: LeaverRequest): Promise<LeaverOutcome> {
    return withAudit(
      this.#auditor,
      { eventId: 'person-left', severityLevel: 'medium', meta: { person } },
      async () => {
        const tokens = await this.#forge.revokeAccess(person);
        const approvals = await this.#reroute(person, teams);
        return {
          touched: [
            ...counted(
              tokens,
              'access token was revoked.',
              'access tokens were revoked.',
            ),
            ...counted(
              approvals,
              'approval that waited is for others now.',
              'approvals that waited are for others now.',
            ),
          ],
        };
      },
    );
  }

  async #reroute(person: string, teams: readonly string[]): Promise<number> {
    let count = 0;
    for (const approval of await this.#store.waitingFor([person, ...teams])) {
      const terms = await this.#termsWithout(person, approval);
      const isOther =
        terms?.approvers.toSorted().join() !==
        approval.approvers.toSorted().join();
      if (terms && isOther && (await this.#store.reroute(approval, terms))) {
        count += 1;
      }
    }
    return count;
  }

  /** `undefined` where nobody at all could decide it: it stays as it is, and expires. */
  async #termsWithout(
    person: string,
    { id, approvers, quorum, asked_by: requestedBy, owner }: WaitingApproval,
  ): Promise<ApprovalTerms | undefined> {
    const left = approvers
      .filter(ref => ref !== person)
      .map(entityRef => ({ entityRef }));
    for (const standIns of STAND_INS) {
      try {
        return await this.#approvers.resolve([...left, ...standIns], quorum, {
          owner,
          requestedBy,
        });
      } catch (error) {
        if ((error as Error).name !== 'ConflictError') {
          throw error;
        }
        this.#logger.debug(`Approval ${id} asks others: ${error}`);
      }
    }
    return undefined;
  }
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
