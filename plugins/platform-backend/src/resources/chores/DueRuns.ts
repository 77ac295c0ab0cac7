import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  PLATFORM_ACTOR,
  type StartRunRequest,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { Chore, RunService } from '../../runs';
import type { DueRun } from '../store/dueRuns';

const BATCH = 20;
/** When a run that could not be started is tried again, in milliseconds. */
const LATER_MS = 60_000;

/** Starts runs whose time has come, each once, however many backends there are. */
export class DueRuns implements Chore {
  readonly #knex: Knex;
  readonly #runs: Pick<RunService, 'startByRequest'>;
  readonly #due: (knex: Knex, limit: number) => Promise<DueRun[]>;
  readonly #request: (resourceId: string) => StartRunRequest;
  readonly #logger: LoggerService;
  readonly #later = new Map<string, number>();

  constructor(options: {
    knex: Knex;
    runs: Pick<RunService, 'startByRequest'>;
    /** The resources whose time has come. */
    due(knex: Knex, limit: number): Promise<DueRun[]>;
    /** What is started for one. */
    request(resourceId: string): StartRunRequest;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#runs = options.runs;
    this.#due = options.due;
    this.#request = options.request;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    const due = await this.#due(this.#knex, BATCH + this.#later.size);
    for (const one of due) {
      if ((this.#later.get(one.key) ?? 0) <= Date.now()) {
        await this.#start(one);
      }
    }
  }

  async #start({ id, key, name }: DueRun): Promise<void> {
    try {
      await this.#runs.startByRequest(
        this.#request(id),
        { userRef: PLATFORM_ACTOR },
        key,
      );
      this.#later.delete(key);
    } catch (error) {
      this.#later.set(key, Date.now() + LATER_MS);
      this.#logger.warn(
        `What was due for resource ${name} could not be started, and is tried again in ${LATER_MS / 1_000} s: ${error}`,
      );
    }
  }
}
