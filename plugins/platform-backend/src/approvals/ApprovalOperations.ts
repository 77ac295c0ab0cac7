import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Approval, Page } from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Access, Asking, Caller } from '../access';
import type { ApprovalService } from './ApprovalService';
import type { ApprovalFilter } from './ApprovalStore';

/**
 * What people do with approvals, over HTTP and as actions alike. To see them takes the permission to read, to decide the one to
 * operate; who may decide which, its own terms say.
 */
export class ApprovalOperations {
  readonly #approvals: ApprovalService;
  readonly #access: Access;
  readonly #auditor: AuditorService;

  constructor(options: {
    approvals: ApprovalService;
    access: Access;
    auditor: AuditorService;
  }) {
    this.#approvals = options.approvals;
    this.#access = options.access;
    this.#auditor = options.auditor;
  }

  async list(
    asking: Asking,
    filter: ApprovalFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Approval>> {
    const caller = await this.#access.requireReader(asking);
    return this.#approvals.list(filter, caller, page);
  }

  async get(asking: Asking, id: string): Promise<Approval> {
    const caller = await this.#access.requireReader(asking);
    return this.#approvals.get(id, caller);
  }

  async approve(
    asking: Asking,
    id: string,
    comment?: string,
  ): Promise<Approval> {
    const caller = await this.#access.requireOperator(asking);
    return this.#audited('approval-approve', caller, id, () =>
      this.#approvals.approve(id, caller, comment),
    );
  }

  async reject(
    asking: Asking,
    id: string,
    comment?: string,
  ): Promise<Approval> {
    const caller = await this.#access.requireOperator(asking);
    return this.#audited('approval-reject', caller, id, () =>
      this.#approvals.reject(id, caller, comment),
    );
  }

  /** Who decided what is on record, refusals too. */
  #audited(
    eventId: string,
    { userRef }: Caller,
    approvalId: string,
    action: () => Promise<Approval>,
  ): Promise<Approval> {
    return withAudit(
      this.#auditor,
      {
        eventId,
        severityLevel: 'medium',
        meta: { approvalId, actor: userRef },
      },
      action,
    );
  }
}
