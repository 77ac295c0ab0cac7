/** Notes in the database. Tests use others in memory, with the same methods. */
export class PostgresNotes {
  #pool;

  constructor(pool) {
    this.#pool = pool;
  }

  /** The newest first. */
  async list() {
    const { rows } = await this.#pool.query(
      'select id, text, created_at as "createdAt" from notes order by id desc limit 100',
    );
    return rows;
  }

  async add(text) {
    const { rows } = await this.#pool.query(
      'insert into notes (text) values ($1) returning id, text, created_at as "createdAt"',
      [text],
    );
    return rows[0];
  }

  /** Answers whether there was one. */
  async remove(id) {
    const { rowCount } = await this.#pool.query(
      'delete from notes where id = $1',
      [id],
    );
    return rowCount === 1;
  }
}
