import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { RunEventSink } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Callbacks } from './Callbacks';
import type { RunEngine } from './engine/RunEngine';
import { isId } from './isId';
import type { RunSecrets } from './RunSecrets';
import { eventPayload, recordEvent, recordRunEnds } from './store/events';
import type { WaitRow } from './store/rows';
import { endWait, type WaitEnd } from './store/endWait';

/** What ends waits from outside: events, callbacks, people. Each wait ends once, however often and from wherever it is told. */
export class RunWaits implements RunEventSink {
  readonly #knex: Knex;
  readonly #engine: RunEngine;
  readonly #callbacks: Callbacks;
  readonly #secrets: RunSecrets;

  constructor(options: {
    knex: Knex;
    engine: RunEngine;
    callbacks: Callbacks;
    secrets: RunSecrets;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#callbacks = options.callbacks;
    this.#secrets = options.secrets;
  }

  async eventHappened(key: string, payload?: JsonObject): Promise<void> {
    const waits = await this.#knex.transaction(trx =>
      recordEvent(trx, this.#secrets, key, payload),
    );
    await this.#resume(waits);
  }

  /** Tells whoever waits for the end of these runs. */
  async runsEnded(
    ends: Array<{ runId: string; state: string }>,
  ): Promise<void> {
    const waits = await this.#knex.transaction(trx => recordRunEnds(trx, ends));
    await this.#resume(waits);
  }

  async #resume(waits: string[]): Promise<void> {
    for (const id of waits) {
      try {
        await this.#end(id, async (trx, wait) => ({
          state: 'resumed',
          payload: await eventPayload(trx, wait.event_key!),
        }));
      } catch (error) {
        // Told by another backend, or cancelled meanwhile.
        if (!(error instanceof ConflictError)) {
          throw error;
        }
      }
    }
  }

  /**
   * Takes what another system posted to a callback. Throws `NotAllowedError` where the URL is forged, `InputError` where it has
   * expired, `ConflictError` where it was used before.
   */
  async callbackReceived(
    id: string,
    given: { expires: string; signature: string },
    payload: JsonObject,
  ): Promise<void> {
    this.#callbacks.verify(id, given);
    await this.#end(
      id,
      async () => ({ state: 'resumed', payload }),
      state =>
        state === 'resumed'
          ? 'This callback was used before; each is good for once.'
          : `Nobody waits for this callback any more: it is ${state}.`,
    );
  }

  /**
   * Ends an open wait as `decide` says, in one transaction with what `decide` stores. Without an answer the wait stays open.
   * Throws `ConflictError` where it isn't open any more.
   */
  endWait(
    id: string,
    decide: (
      trx: Knex.Transaction,
      wait: WaitRow,
    ) => Promise<WaitEnd | undefined>,
  ): Promise<void> {
    return this.#end(id, decide);
  }

  async #end(
    id: string,
    decide: (
      trx: Knex.Transaction,
      wait: WaitRow,
    ) => Promise<WaitEnd | undefined>,
    explain?: (state: string) => string,
  ): Promise<void> {
    const wait = isId(id)
      ? await this.#knex<WaitRow>('run_waits').where({ id }).first()
      : undefined;
    if (!wait) {
      throw new NotFoundError(`Nothing waits under ${id}.`);
    }
    if (explain && wait.state !== 'open') {
      throw new ConflictError(explain(wait.state));
    }
    await this.#engine.change((trx, claim) =>
      endWait(trx, id, locked => decide(trx, locked), this.#secrets, claim),
    );
  }
}
