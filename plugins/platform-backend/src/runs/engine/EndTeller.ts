import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { RunKinds } from '../RunKinds';
import type { RunSecrets } from '../RunSecrets';
import {
  markEndHandled,
  unhandledEnds,
  type UnhandledEnd,
} from '../store/ends';
import type { Chore } from './Chore';

const BATCH = 50;
/** When an end that could not be handled is handled again, in milliseconds. */
const LATER_MS = 10_000;

/**
 * Tells about runs that ended: their kinds, and whoever waits for them. Each end is told by one backend, and again where that
 * one died or a kind threw.
 */
export class EndTeller implements Chore {
  readonly wakesOn = 'ended run';
  readonly #knex: Knex;
  readonly #kinds: RunKinds;
  readonly #logger: LoggerService;
  readonly #secrets: RunSecrets;
  readonly #tell: (ends: UnhandledEnd[]) => Promise<void>;
  readonly #later = new Map<string, number>();
  readonly #notify: (end: UnhandledEnd) => Promise<void>;

  constructor(options: {
    knex: Knex;
    kinds: RunKinds;
    logger: LoggerService;
    secrets: RunSecrets;
    /** Tells whoever waits for the end of these runs. */
    runsEnded(ends: UnhandledEnd[]): Promise<void>;
    /** Tells people about the end of a run. */
    notify(end: UnhandledEnd): Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#kinds = options.kinds;
    this.#logger = options.logger;
    this.#secrets = options.secrets;
    this.#tell = options.runsEnded;
    this.#notify = options.notify;
  }

  async sweep(): Promise<void> {
    let told: number;
    do {
      told = await this.#knex.transaction(async trx => {
        const ends = await unhandledEnds(trx, BATCH, this.#postponed());
        const done = await Promise.all(ends.map(end => this.#handle(end)));
        const ids = done.flatMap(id => id ?? []);
        if (ends.length > 0) {
          // A kind may go on failing; that keeps nobody waiting for the end itself.
          await this.#tell(ends);
        }
        if (ids.length > 0) {
          await markEndHandled(trx, ids);
        }
        return ids.length;
      });
    } while (told === BATCH);
  }

  #postponed(): string[] {
    const now = Date.now();
    return [...this.#later].flatMap(([id, until]) => (until > now ? id : []));
  }

  async #handle(end: UnhandledEnd): Promise<string | undefined> {
    try {
      const kind = this.#kinds.find(end.kind, end.kindVersion);
      await kind?.ended?.(end);
      await this.#notify(end);
      this.#later.delete(end.runId);
      return end.runId;
    } catch (error) {
      this.#later.set(end.runId, Date.now() + LATER_MS);
      const redactor = await this.#secrets.redactor(end.runId);
      this.#logger.warn(
        `The end of run ${end.runId} will be handled again: ${redactor.text(String(error))}`,
      );
      return undefined;
    }
  }
}
