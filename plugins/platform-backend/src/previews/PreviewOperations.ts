import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  Preview,
  PreviewState,
  Run,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import { type Access, type Asking, nameOf } from '../access';
import type { ServiceStore } from '../services';
import type { PreviewService } from './PreviewService';

/** What people ask of previews, over HTTP and as actions alike: who may is decided here, once. */
export class PreviewOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #services: Pick<ServiceStore, 'get'>;
  readonly #previews: PreviewService;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    services: Pick<ServiceStore, 'get'>;
    previews: PreviewService;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#services = options.services;
    this.#previews = options.previews;
  }

  async list(
    asking: Asking,
    filter: { service?: string; branch?: string; state?: PreviewState[] },
  ): Promise<Preview[]> {
    await this.#access.requireRead(asking);
    const { state, ...rest } = filter;
    return this.#previews.list({ ...rest, states: state });
  }

  async start(
    asking: Asking,
    service: string,
    branch: string,
  ): Promise<Preview> {
    const requestedBy = await this.#requireOwner(asking, service);
    return withAudit(
      this.#auditor,
      {
        eventId: 'preview-start',
        severityLevel: 'low',
        meta: { service, branch, actor: requestedBy },
      },
      async () => {
        const { id } = await this.#previews.start({
          service,
          branch,
          requestedBy,
        });
        return this.#previews.get(id);
      },
    );
  }

  async extend(asking: Asking, id: string): Promise<Preview> {
    await this.#access.requireOperator(asking);
    const row = await this.#previews.require(id);
    const actor = await this.#requireOwner(asking, row.service);
    await withAudit(
      this.#auditor,
      { eventId: 'preview-extend', severityLevel: 'low', meta: { id, actor } },
      () => this.#previews.extend(row),
    );
    return this.#previews.get(id);
  }

  async remove(asking: Asking, id: string, key?: string): Promise<Run> {
    await this.#access.requireOperator(asking);
    const row = await this.#previews.require(id);
    const actor = await this.#requireOwner(asking, row.service);
    if (row.state !== 'active') {
      throw new ConflictError(
        `The preview of ${row.branch} is ${row.state} already.`,
      );
    }
    return withAudit(
      this.#auditor,
      { eventId: 'preview-remove', severityLevel: 'low', meta: { id, actor } },
      () =>
        this.#previews.remove(row, {
          reason: `${nameOf(actor)} removed it.`,
          requestedBy: actor,
          key: key ?? randomUUID(),
        }),
    );
  }

  async #requireOwner(asking: Asking, service: string): Promise<string> {
    await this.#access.requireOperator(asking);
    const { owner } = await this.#services.get(service);
    const { userRef } = await this.#access.requireOwner(asking, owner);
    return userRef;
  }
}
