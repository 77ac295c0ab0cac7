import type { Knex } from 'knex';

/** Every value of every column of every table, as text; each column also joined in the order of its rows. */
export async function everythingStored(knex: Knex): Promise<string[]> {
  const { rows: tables } = await knex.raw<{
    rows: Array<{ schema: string; name: string }>;
  }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const columns = await knex(name).withSchema(schema).columnInfo();
    const rows: Array<Record<string, string | null>> = await knex(name)
      .withSchema(schema)
      .select(
        Object.keys(columns).map(column => knex.raw('??::text', [column])),
      )
      // Named with its table, since the selected one of the same name is text.
      .orderBy(Object.keys(columns).map(column => `${name}.${column}`));
    for (const column of Object.keys(columns)) {
      const cells = rows.flatMap(row => row[column] ?? []);
      texts.push(...cells, cells.join(''));
    }
  }
  return texts;
}
