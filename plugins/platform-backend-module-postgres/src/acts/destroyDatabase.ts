import { readDatabase } from '../database/readDatabase';
import { readRoles } from '../database/readRoles';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import { endSessions } from './endSessions';
import type { Target } from './Target';

/** Drops a database, suspended or not, and its roles. */
export async function destroyDatabase(
  session: ServerSession,
  { names, context }: Target,
): Promise<void> {
  for (const database of [names.database, names.deleted]) {
    if (await readDatabase(session, database)) {
      // `WITH (FORCE)` refuses a role that is no superuser while the server vacuums the database.
      await session.change(
        sql`ALTER DATABASE ${name(database)} WITH ALLOW_CONNECTIONS false`,
      );
      await endSessions(session, { database }, { ...context, graceMs: 0 });
      await session.change(sql`DROP DATABASE ${name(database)}`);
      context.log(`Dropped the database ${database}.`);
    }
  }
  const { existing } = await readRoles(session, names);
  if (existing.size > 0) {
    await session.change(sql`DROP ROLE ${[...existing].map(name)}`);
  }
}
