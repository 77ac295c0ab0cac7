import { readRoles } from '../database/readRoles';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import type { Target } from './Target';

/**
 * Lets go of a database that was adopted, wholly or half. Its rows, and who used it before, stay; the role that owns it stays as well, but is
 * nobody's mark any more. Those who were let in by the platform are gone.
 */
export async function releaseDatabase(
  session: ServerSession,
  { names, context }: Target,
): Promise<void> {
  const { database, owner, reader, logins, readerLogins } = names;
  const { existing } = await readRoles(session, names);
  const those = (roles: string[]) => roles.filter(role => existing.has(role));
  const letIn = those([
    ...Object.values(logins),
    ...Object.values(readerLogins),
  ]);
  await session.change(
    ...(letIn.length > 0 ? [sql`DROP ROLE ${letIn.map(name)}`] : []),
    ...those([owner, reader]).map(
      role => sql`COMMENT ON ROLE ${name(role)} IS NULL`,
    ),
  );
  context.log(`Let go of the database ${database}.`);
}
