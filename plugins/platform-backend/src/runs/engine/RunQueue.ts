import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { type ConstructorOptions, fromKnex, PgBoss } from 'pg-boss';
import { PostgresListener } from './PostgresListener';
import type { ReadyStep } from '../store/RunChange';

type IDatabase = NonNullable<ConstructorOptions['db']>;

const STEPS = 'run-steps';

/**
 * Tells workers, on every backend, that a step may start: a job in the same transaction as the state
 * change, and LISTEN/NOTIFY so that it is picked up at once. A job is a hint and no more. Who may execute
 * a step is decided by its lease, so a job that is lost or delivered twice costs time, never correctness.
 */
export class RunQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  static async create(options: {
    knex: Knex;
    logger: LoggerService;
  }): Promise<RunQueue> {
    const boss = new PgBoss({
      db: databaseOf(options.knex),
      schema: 'pgboss',
      useListenNotify: true,
      registerInstance: false,
      schedule: false,
      openTelemetry: { enabled: false },
    });
    boss.on('error', error =>
      options.logger.warn(`The run queue reported: ${error.message}`),
    );
    await boss.start();
    await boss.createQueue(STEPS, {
      policy: 'short',
      notify: true,
      retryLimit: 0,
      deleteAfterSeconds: 600,
    });
    return new RunQueue(boss);
  }

  /** Announces steps within a transaction: visible when it commits, gone when it doesn't. */
  async send(trx: Knex.Transaction, steps: ReadyStep[]): Promise<void> {
    for (const { runId, stepId, delayMs } of steps) {
      await this.#boss.send(
        STEPS,
        { runId, stepId },
        {
          db: fromKnex(trx),
          singletonKey: `${runId}:${stepId}`,
          startAfter: delayMs > 0 ? new Date(Date.now() + delayMs) : undefined,
        },
      );
    }
  }

  /** Calls `handler` for every announced step; it should return as soon as the step is taken. */
  async work(
    handler: (step: { runId: string; stepId: string }) => Promise<void>,
  ): Promise<void> {
    await this.#boss.work<{ runId: string; stepId: string }>(
      STEPS,
      {
        batchSize: 10,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 5,
        burstWhenBatchFull: true,
      },
      async jobs => {
        await Promise.all(jobs.map(job => handler(job.data)));
      },
    );
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 2_000 });
  }
}

/** pg-boss on the plugin's own connection pool, and one connection beside it to listen on. */
function databaseOf(knex: Knex): IDatabase {
  return {
    executeSql: (text, values) => fromKnex(knex).executeSql(text, values),
    async listen(channel, onNotification, onReconnect) {
      const listener = new PostgresListener(
        knex,
        channel,
        onNotification,
        onReconnect,
      );
      await listener.connect();
      return listener;
    },
  };
}
