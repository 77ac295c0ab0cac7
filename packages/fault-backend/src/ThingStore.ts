import { Pool } from 'pg';

/** A thing as it is in the world outside. */
export interface Thing {
  size: string;
  /** The passwords that let in. */
  valid: string[];
  suspended: boolean;
}

/** Things that resources are made to: rows of the world outside, which is a database whose connections are never cut. */
export class ThingStore {
  readonly #pool: Pool;
  readonly #backend: string;

  constructor(options: { url: string; backend: string }) {
    this.#pool = new Pool({ connectionString: options.url, max: 4 });
    // An idle connection that breaks is replaced by the next query.
    this.#pool.on('error', () => {});
    this.#backend = options.backend;
  }

  /** Writes down that a provider acts; the test hears of it at once, and may strike. */
  async begin(act: string): Promise<void> {
    await this.#pool.query('INSERT INTO acts (act, backend) VALUES ($1, $2)', [
      act,
      this.#backend,
    ]);
  }

  async find(id: string): Promise<Thing | undefined> {
    const { rows } = await this.#pool.query<Thing>(
      'SELECT size, valid, suspended FROM made WHERE id = $1',
      [id],
    );
    return rows[0];
  }

  /** Makes it so, and lets the password in beside those that it lets in already. */
  async make(id: string, size: string, password: string): Promise<void> {
    await this.#pool.query(
      `INSERT INTO made (id, size, valid, suspended) VALUES ($1, $2, ARRAY[$3], false)
       ON CONFLICT (id) DO UPDATE SET size = $2, suspended = false`,
      [id, size, password],
    );
    await this.letIn(id, password);
  }

  async letIn(id: string, password: string): Promise<void> {
    await this.#pool.query(
      `UPDATE made SET valid = array_append(valid, $2) WHERE id = $1 AND NOT $2 = ANY (valid)`,
      [id, password],
    );
  }

  /** Lets nothing in but this password. */
  async letInOnly(id: string, password: string): Promise<void> {
    await this.#pool.query('UPDATE made SET valid = ARRAY[$2] WHERE id = $1', [
      id,
      password,
    ]);
  }

  async suspend(id: string, suspended: boolean): Promise<void> {
    await this.#pool.query('UPDATE made SET suspended = $2 WHERE id = $1', [
      id,
      suspended,
    ]);
  }

  async remove(id: string): Promise<void> {
    await this.#pool.query('DELETE FROM made WHERE id = $1', [id]);
  }
}
