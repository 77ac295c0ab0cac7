import { SLOTS } from '../database/DatabaseNames';
import { readDatabase } from '../database/readDatabase';
import { readRoles } from '../database/readRoles';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import { endSessions } from './endSessions';
import type { Target } from './Target';

/** Locks everybody out of a database and renames it. Its data and its passwords stay. */
export async function suspendDatabase(
  session: ServerSession,
  { names, context }: Target,
): Promise<void> {
  const { database, deleted } = names;
  const { existing } = await readRoles(session, names);
  const logins = SLOTS.flatMap(slot => [
    names.logins[slot],
    names.readerLogins[slot],
  ]).filter(login => existing.has(login));
  const found = await readDatabase(session, database);
  await session.change(
    ...logins.map(login => sql`ALTER ROLE ${name(login)} NOLOGIN`),
    ...(found
      ? [sql`ALTER DATABASE ${name(database)} WITH ALLOW_CONNECTIONS false`]
      : []),
  );
  if (!found) {
    return;
  }
  await endSessions(session, { database }, { ...context, graceMs: 0 });
  await session.change(
    sql`ALTER DATABASE ${name(database)} RENAME TO ${name(deleted)}`,
  );
  context.log(`Nobody can use the database ${database} any more.`);
}
