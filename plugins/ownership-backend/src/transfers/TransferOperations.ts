import type { AuditorService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  Transfer,
  TransferFilter,
  TransferOffer,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import {
  type Asking,
  type Caller,
  withAudit,
} from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { entityReference, groupReference } from '../http';
import type { TransferService } from './TransferService';
import type { TransferStore } from './TransferStore';

/** What people ask of transfers. */
export class TransferOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #store: TransferStore;
  readonly #transfers: TransferService;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    store: TransferStore;
    transfers: TransferService;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#store = options.store;
    this.#transfers = options.transfers;
  }

  async list(
    asking: Asking,
    { team, entityRef, ...filter }: TransferFilter & { limit: number },
  ): Promise<Page<Transfer>> {
    await this.#access.requireRead(asking);
    return this.#store.list({
      ...filter,
      team: team && groupReference(team, 'team'),
      entityRef: entityRef && entityReference(entityRef, 'entityRef'),
    });
  }

  async get(asking: Asking, id: string): Promise<Transfer> {
    await this.#access.requireRead(asking);
    return this.#transfers.get(id);
  }

  async offer(
    asking: Asking,
    { entityRefs, owner, to, reason }: TransferOffer,
  ): Promise<Transfer> {
    const caller = await this.#access.requireActor(asking);
    if ((entityRefs === undefined) === (owner === undefined)) {
      throw new InputError(
        'entityRefs, owner: Give one of them: what is to go by name, or everything that a group owns.',
      );
    }
    const offer = {
      which:
        owner === undefined
          ? { refs: unique(entityRefs ?? []) }
          : { owner: groupReference(owner, 'owner') },
      to: groupReference(to, 'to'),
      reason: sentence(reason),
    };
    return this.#audited('offer', caller, { ...offer }, () =>
      this.#transfers.offer(caller, offer),
    );
  }

  async accept(asking: Asking, id: string): Promise<Transfer> {
    const caller = await this.#access.requireActor(asking);
    return this.#audited('accept', caller, { id }, () =>
      this.#transfers.accept(caller, id),
    );
  }

  async decline(asking: Asking, id: string, why: string): Promise<Transfer> {
    const caller = await this.#access.requireActor(asking);
    const reason = sentence(why);
    return this.#audited('decline', caller, { id, reason }, () =>
      this.#transfers.decline(caller, id, reason),
    );
  }

  async withdraw(
    asking: Asking,
    id: string,
    reason: string | undefined,
  ): Promise<Transfer> {
    const caller = await this.#access.requireActor(asking);
    return this.#audited('withdraw', caller, { id }, () =>
      this.#transfers.withdraw(caller, id, reason),
    );
  }

  async undo(asking: Asking, id: string): Promise<Transfer> {
    const caller = await this.#access.requireActor(asking);
    return this.#audited('undo', caller, { id }, () =>
      this.#transfers.undo(caller, id),
    );
  }

  #audited(
    what: string,
    { userRef: actor }: Caller,
    meta: Parameters<AuditorService['createEvent']>[0]['meta'],
    action: () => Promise<Transfer>,
  ): Promise<Transfer> {
    return withAudit(
      this.#auditor,
      {
        eventId: `transfer-${what}`,
        severityLevel: 'medium',
        meta: { ...meta, actor },
      },
      action,
    );
  }
}

function unique(refs: readonly string[]): string[] {
  return [...new Set(refs.map(ref => entityReference(ref, 'entityRefs')))];
}

function sentence(text: string): string {
  if (text.trim() === '') {
    throw new InputError(
      'reason: It is empty. Say why, for those who have to agree.',
    );
  }
  return text.trim();
}
