import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';

/** One attempt of a step, as it began. */
export interface Execution {
  id: string;
  runId: string;
  stepId: string;
  attempt: number;
  phase: 'do' | 'undo';
  resumed: boolean;
}

/**
 * The world outside of the platform: a database of the test's own, whose connections are never cut. It behaves as an external
 * system should: what was made under a name is made once, and what was removed under a name is not made again.
 */
export class World {
  readonly #pool: Pool;
  readonly #backend: string;

  constructor(options: { url: string; backend: string }) {
    this.#pool = new Pool({ connectionString: options.url, max: 4 });
    // An idle connection that breaks is replaced by the next query.
    this.#pool.on('error', () => {});
    this.#backend = options.backend;
  }

  /** Writes down that an attempt began; the test hears of it at once, and may strike. */
  async begin(execution: Omit<Execution, 'id'>): Promise<string> {
    const id = randomUUID();
    await this.#pool.query(
      `INSERT INTO executions (id, run_id, step_id, attempt, phase, resumed, backend)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        execution.runId,
        execution.stepId,
        execution.attempt,
        execution.phase,
        execution.resumed,
        this.#backend,
      ],
    );
    return id;
  }

  /** Makes a thing; where one was made or removed under this name before, nothing happens. */
  async make(thing: {
    name: string;
    runId: string;
    stepId: string;
    key: string;
    executionId: string;
  }): Promise<void> {
    await this.#pool.query(
      `INSERT INTO things (name, run_id, step_id, key, made_by, state)
       VALUES ($1, $2, $3, $4, $5, 'there')
       ON CONFLICT (name) DO NOTHING`,
      [thing.name, thing.runId, thing.stepId, thing.key, thing.executionId],
    );
    await this.#pool.query(
      `INSERT INTO requests (name, key, execution_id) VALUES ($1, $2, $3)`,
      [thing.name, thing.key, thing.executionId],
    );
  }

  /** Removes a thing, and sees to it that a late request to make it comes to nothing. */
  async remove(thing: {
    name: string;
    runId: string;
    stepId: string;
  }): Promise<void> {
    await this.#pool.query(
      `INSERT INTO things (name, run_id, step_id, state)
       VALUES ($1, $2, $3, 'removed')
       ON CONFLICT (name) DO UPDATE SET state = 'removed'`,
      [thing.name, thing.runId, thing.stepId],
    );
  }

  /** Takes a callback URL, to be called by the test. */
  async takeCallback(runId: string, stepId: string, url: string) {
    await this.#pool.query(
      `INSERT INTO callbacks (run_id, step_id, url) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING`,
      [runId, stepId, url],
    );
  }
}
