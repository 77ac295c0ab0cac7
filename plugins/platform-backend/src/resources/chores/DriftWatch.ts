import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Chore } from '../../runs';
import type { DriftCheck } from '../DriftCheck';
import { takeDueChecks } from '../store/checks';

/** How many resources one backend looks at side by side. */
const SIDE_BY_SIDE = 4;
/** After how long a sweep leaves the rest to the next one, in milliseconds. */
const SHIFT_MS = 5_000;

/** Looks at every ready resource now and then; however many backends there are, each resource is looked at by one of them. */
export class DriftWatch implements Chore {
  readonly #knex: Knex;
  readonly #drift: Pick<DriftCheck, 'look'>;
  readonly #everyMs: number;
  readonly #patienceMs: number;
  readonly #logger: LoggerService;
  readonly #stopping = new AbortController();
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(options: {
    knex: Knex;
    drift: Pick<DriftCheck, 'look'>;
    /** How far apart two looks at a resource are at most, in milliseconds. */
    everyMs: number;
    /** How long a provider may think, in milliseconds. */
    patienceMs: number;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#drift = options.drift;
    this.#everyMs = options.everyMs;
    this.#patienceMs = options.patienceMs;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    const end = Date.now() + SHIFT_MS;
    this.#sweeping = Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, () => this.#lookWhileDue(end)),
    );
    await this.#sweeping;
  }

  /** Looks at nothing more, and waits for nobody who is being asked. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('This backend stops.'));
    await this.#sweeping.catch(() => undefined);
  }

  async #lookWhileDue(end: number): Promise<void> {
    while (Date.now() < end && !this.#stopping.signal.aborted) {
      const [row] = await takeDueChecks(this.#knex, 1, this.#everyMs);
      if (!row) {
        return;
      }
      try {
        await this.#drift.look(row, {
          patienceMs: this.#patienceMs,
          signal: this.#stopping.signal,
        });
      } catch (error) {
        this.#logger.warn(
          `Resource ${row.id} could not be looked at, and will be later: ${error}`,
        );
      }
    }
  }
}
