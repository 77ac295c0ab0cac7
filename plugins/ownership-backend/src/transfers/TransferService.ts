import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { Transfer, TransferState } from '@slipway/plugin-ownership-common';
import type {
  TransferMover,
  TransferProgress,
} from '@slipway/plugin-ownership-node';
import type { Caller } from '@slipway/plugin-platform-node';
import { isId } from '../findings';
import type { OrganisationReads } from '../organisation';
import { checkOffer } from './checkOffer';
import { giversOf, requireMember, requireState } from './requirements';
import type { TransferChange, TransferStore } from './TransferStore';

/** How much can be offered at once. */
const MOST = 1_000;

/** The rules of transfers. Each step is a compare-and-swap of the state, so that of two who are as fast one is refused. */
export class TransferService implements TransferProgress {
  readonly #store: TransferStore;
  readonly #organisation: OrganisationReads;
  readonly #mover: TransferMover | undefined;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;

  /** @param options - `mover`: without one, transfers wait once they are accepted. `onChange`: a transfer changed */
  constructor(options: {
    store: TransferStore;
    organisationReads: OrganisationReads;
    mover?: TransferMover;
    logger: LoggerService;
    onChange: () => void;
  }) {
    this.#store = options.store;
    this.#organisation = options.organisationReads;
    this.#mover = options.mover;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#mover?.connect(this);
  }

  async offer(
    caller: Caller,
    offer: {
      which: { refs: readonly string[] } | { owner: string };
      to: string;
      reason: string;
    },
  ): Promise<Transfer> {
    const { which, to, reason } = offer;
    await this.#requireTeam(to);
    const entities = await this.#store.offerable(which, MOST + 1);
    if (entities.length > MOST) {
      throw new InputError(
        `owner: More than ${MOST} entities. Offer them by name, up to ${MOST} at once.`,
      );
    }
    checkOffer(entities, {
      to,
      caller,
      ...('refs' in which && { refs: which.refs }),
    });
    if (entities.length === 0) {
      throw new InputError(
        'refs' in which
          ? 'entityRefs: It is empty. Name what is to go.'
          : `owner: ${which.owner} owns nothing. Name a group that does.`,
      );
    }
    const id = await this.#store.add({
      entities,
      to,
      reason,
      offeredBy: caller.userRef,
    });
    if (id === undefined) {
      throw new ConflictError(
        'entityRefs: One of them has just become part of another transfer. Look at the list of transfers.',
      );
    }
    this.#onChange();
    return this.get(id);
  }

  /** Also what was accepted, where its move failed: it is tried again. */
  async accept(caller: Caller, id: string): Promise<Transfer> {
    const transfer = await this.get(id);
    requireMember(caller, [transfer.to], 'accept it');
    if (transfer.state !== 'accepted' || transfer.problem === undefined) {
      requireState(transfer, ['offered']);
    }
    await this.#requireTeam(transfer.to);
    await this.#requireSame(transfer);
    await this.#advance(transfer, [transfer.state], 'accepted', {
      decided_by: caller.userRef,
      decided_at: new Date(),
      problem: null,
    });
    await this.#begin(await this.get(id));
    return this.get(id);
  }

  async decline(caller: Caller, id: string, reason: string): Promise<Transfer> {
    const transfer = await this.get(id);
    requireMember(caller, [transfer.to], 'decline it');
    return this.#end(caller, transfer, ['offered'], 'declined', reason);
  }

  /** As long as nothing moves. */
  async withdraw(
    caller: Caller,
    id: string,
    reason?: string,
  ): Promise<Transfer> {
    const transfer = await this.get(id);
    if (transfer.offeredBy !== caller.userRef) {
      requireMember(caller, giversOf(transfer), 'withdraw it');
    }
    return this.#end(
      caller,
      transfer,
      ['offered', 'accepted'],
      'withdrawn',
      reason,
    );
  }

  async undo(caller: Caller, id: string): Promise<Transfer> {
    const transfer = await this.get(id);
    requireMember(caller, [transfer.to, ...giversOf(transfer)], 'undo it');
    requireState(transfer, ['done']);
    if (Date.parse(transfer.undoUntil ?? '') < Date.now()) {
      throw new ConflictError(
        `It could be undone until ${transfer.undoUntil}. Offer what is to go back as a new transfer.`,
      );
    }
    if (!this.#mover) {
      throw new ServiceUnavailableError(
        'Nothing is installed that moves entities. Ask the platform team.',
      );
    }
    if (giversOf(transfer).length === 0) {
      throw new ConflictError(
        'Nobody owned any of it before. Offer it to another team instead.',
      );
    }
    await this.#advance(transfer, ['done'], 'undoing', {
      decided_by: caller.userRef,
      decided_at: new Date(),
      problem: null,
    });
    try {
      const { runId } = await this.#mover.moveBack(await this.get(id));
      await this.#store.advance(id, ['undoing'], 'undoing', { run_id: runId });
    } catch (error) {
      await this.#progress(id, ['undoing'], 'done', {});
      throw new ServiceUnavailableError(
        `The move back does not begin. Try again in a moment. ${error}`,
      );
    }
    return this.get(id);
  }

  async get(id: string): Promise<Transfer> {
    const transfer = isId(id) ? await this.#store.find(id) : undefined;
    if (!transfer) {
      throw new NotFoundError(
        `There is no transfer ${id}. Look for it in the list of transfers.`,
      );
    }
    return transfer;
  }

  /** Begins the moves that wait, and asks after those that are under way: who moves them tells how far they are. */
  async resume(): Promise<void> {
    for (const transfer of this.#mover ? await this.#store.waiting() : []) {
      await (transfer.state === 'undoing'
        ? this.#askAfterUndo(transfer)
        : this.#begin(transfer));
    }
  }

  async moved(id: string, touched: readonly string[]): Promise<void> {
    await this.#progress(id, ['accepted', 'moving'], 'done', {
      moved_at: new Date(),
      touched,
    });
  }

  async movedBack(id: string): Promise<void> {
    await this.#progress(id, ['undoing'], 'undone', {});
  }

  async failed(id: string, problem: string): Promise<void> {
    await this.#progress(id, ['moving'], 'accepted', { problem });
    await this.#progress(id, ['undoing'], 'done', { problem });
  }

  async #progress(
    id: string,
    from: TransferState[],
    to: TransferState,
    change: TransferChange,
  ): Promise<void> {
    if (await this.#store.advance(id, from, to, change)) {
      this.#onChange();
    }
  }

  async #begin(transfer: Transfer): Promise<void> {
    if (!this.#mover) {
      return;
    }
    try {
      const { runId } = await this.#mover.move(transfer);
      await this.#progress(transfer.id, ['accepted'], 'moving', {
        run_id: runId,
      });
    } catch (error) {
      this.#logger.warn(
        `Transfer ${transfer.id} does not move and is tried again later: ${error}`,
      );
    }
  }

  async #askAfterUndo(transfer: Transfer): Promise<void> {
    try {
      await this.#mover?.moveBack(transfer);
    } catch (error) {
      this.#logger.warn(
        `Nobody says how far transfer ${transfer.id} is back, and is asked again later: ${error}`,
      );
    }
  }

  async #end(
    caller: Caller,
    transfer: Transfer,
    from: TransferState[],
    to: TransferState,
    reason?: string,
  ): Promise<Transfer> {
    requireState(transfer, from);
    await this.#advance(transfer, from, to, {
      decided_by: caller.userRef,
      decided_at: new Date(),
      decision_reason: reason,
    });
    return this.get(transfer.id);
  }

  async #advance(
    { id }: Transfer,
    from: TransferState[],
    to: TransferState,
    change: TransferChange = {},
  ): Promise<void> {
    if (!(await this.#store.advance(id, from, to, change))) {
      throw new ConflictError(
        'Somebody else was faster, or another transfer holds one of the entities. Look at it again.',
      );
    }
    this.#onChange();
  }

  /** There may have been people in it when it was named. */
  async #requireTeam(to: string): Promise<void> {
    const [[team], people] = await Promise.all([
      this.#organisation.teams([to]),
      this.#organisation.people(to),
    ]);
    if (!team) {
      throw new InputError(
        `to: There is no group ${to} in the catalog. Name one that is there.`,
      );
    }
    if (people.length === 0) {
      throw new InputError(
        `to: ${to} has no members, so nobody there could answer for anything. Name a group with people.`,
      );
    }
  }

  /** What is offered must still be there, and still belong to who offered it. */
  async #requireSame({ entities }: Transfer): Promise<void> {
    const now = await this.#store.offerable(
      { refs: entities.map(({ entityRef }) => entityRef) },
      entities.length,
    );
    const owners = new Map(now.map(one => [one.entityRef, one]));
    const changed = entities.find(({ entityRef, from }) => {
      const one = owners.get(entityRef);
      return !one || one.owner !== from;
    });
    if (changed) {
      throw new ConflictError(
        `${changed.entityRef} is gone, or its owner has changed since it was offered. Ask for a new offer.`,
      );
    }
  }
}
