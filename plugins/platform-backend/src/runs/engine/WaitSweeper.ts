import { ConflictError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { RunSecrets } from '../RunSecrets';
import { withdraw } from '../store/controlRun';
import { forgottenPlans } from '../store/ends';
import { eventPayload, forgetOldEvents } from '../store/events';
import { lockRun } from '../store/lockRun';
import { forgottenTargets, startNextRun } from '../store/startNextRun';
import { dueWaits } from '../store/dueWaits';
import { endWait } from '../store/endWait';
import type { Chore } from './Chore';
import type { RunEngine } from './RunEngine';

const BATCH = 100;
const HOUR_MS = 60 * 60_000;

/**
 * Ends waits whose time has come, and starts what was forgotten when a backend died between two changes. Any number of
 * backends may sweep at a time: each wait ends once.
 */
export class WaitSweeper implements Chore {
  readonly #knex: Knex;
  readonly #engine: RunEngine;
  readonly #secrets: RunSecrets;
  readonly #logger: LoggerService;
  #forgetAt = 0;

  constructor(options: {
    knex: Knex;
    engine: RunEngine;
    secrets: RunSecrets;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#secrets = options.secrets;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    if (Date.now() > this.#forgetAt) {
      this.#forgetAt = Date.now() + HOUR_MS;
      await forgetOldEvents(this.#knex);
    }
    for (const wait of await dueWaits(this.#knex, BATCH)) {
      await this.#quietly(() => this.#endDue(wait));
    }
    for (const target of await forgottenTargets(this.#knex)) {
      await this.#quietly(() =>
        this.#engine.change((trx, claim) => startNextRun(trx, target, claim)),
      );
    }
    for (const id of await forgottenPlans(this.#knex)) {
      await this.#quietly(() =>
        this.#engine.change(async trx => {
          const run = await lockRun(trx, id);
          return run.state === 'planned'
            ? withdraw(trx, run, {
                message: 'This plan was not started within a day.',
                hint: 'Plan it anew.',
              })
            : undefined;
        }),
      );
    }
  }

  #endDue(due: { id: string; event: boolean }): Promise<void> {
    return this.#engine.change((trx, claim) =>
      endWait(
        trx,
        due.id,
        async wait => {
          if (due.event) {
            const payload = await eventPayload(trx, wait.event_key!);
            return { state: 'resumed', payload };
          }
          return wait.kind === 'time'
            ? { state: 'resumed' }
            : {
                state: 'expired',
                failure: {
                  message: `Nobody decided in time: ${wait.reason}`,
                  hint: 'Retry it to ask again.',
                },
              };
        },
        this.#secrets,
        claim,
      ),
    );
  }

  /** Another backend may have been faster; that is no failure. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        this.#logger.warn(`A wait will be looked at again: ${error}`);
      }
    }
  }
}
