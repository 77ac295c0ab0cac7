import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Leaver } from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import { type Asking, withAudit } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import type { LeaverStore } from './LeaverStore';

/** What people ask of who left. */
export class LeaverOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #store: LeaverStore;
  readonly #onChange: () => void;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    leaverStore: LeaverStore;
    onChange: () => void;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#store = options.leaverStore;
    this.#onChange = options.onChange;
  }

  async list(
    asking: Asking,
    page: { cursor?: string; limit: number },
  ): Promise<Page<Leaver>> {
    await this.#access.requireRead(asking);
    return this.#store.list(page);
  }

  async confirm(asking: Asking, ids: readonly string[]): Promise<Leaver[]> {
    const { userRef } = await this.#access.requireConfirmer(asking);
    return withAudit(
      this.#auditor,
      {
        eventId: 'leavers-confirm',
        severityLevel: 'medium',
        meta: { ids: [...ids], actor: userRef },
      },
      async () => {
        const confirmed = await this.#store.confirm(ids, userRef);
        if (confirmed.length === 0) {
          throw new ConflictError(
            'ids: None of them is held. Somebody has confirmed them, or they are back.',
          );
        }
        this.#onChange();
        return confirmed;
      },
    );
  }
}
