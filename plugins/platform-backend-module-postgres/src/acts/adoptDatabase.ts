import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { DatabaseNames } from '../database/DatabaseNames';
import { readAdoptable } from '../database/readAdoptable';
import { readPreviousUsers } from '../database/readPreviousUsers';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import { letIn } from './letIn';
import { makeDatabase } from './makeDatabase';
import { type Credentials, credentialsOf, type Target } from './Target';

/**
 * Takes a database that exists under the platform's care. Its rows are not touched; it and everything in it gets the resource's owner. Who
 * used it before goes on: previous owners become members of the new one, guests keep what they were given. The first rotation ends
 * that.
 */
export async function adoptDatabase(
  session: ServerSession,
  target: Target,
): Promise<Credentials> {
  const { names, resource, context } = target;
  const { database, owner } = names;
  const found = await readAdoptable(session, database);
  if (!found || (found.resourceId && found.resourceId !== resource.id)) {
    throw new OperationFailedError({
      message: found
        ? `The database ${database} belongs to another resource (${found.resourceId}).`
        : `There is no database ${database} any more.`,
      hint: 'Look at the server, and adopt another one.',
    });
  }
  await letIn(session, target, await credentialsOf(target));
  // Before anything changes hands: after a crash, nobody would know any more who had it.
  const { owners, guests } = await readPreviousUsers(session, names);
  await session.change(
    ...owners.flatMap(previous => [
      sql`GRANT ${name(owner)} TO ${name(previous)}`,
      sql`ALTER ROLE ${name(previous)} IN DATABASE ${name(database)} SET role TO ${owner}`,
    ]),
    ...guests.map(
      guest =>
        sql`GRANT CONNECT ON DATABASE ${name(database)} TO ${name(guest)}`,
    ),
  );
  await takeContents(session, names);
  context.log(`Took over the database ${database}.`);
  return makeDatabase(session, target);
}

/**
 * Schemas, tables, views, sequences, routines and types get the new owner, but for those of extensions. `REASSIGN OWNED` isn't used: it takes
 * other databases of the same owner along, and refuses what belongs to the server's first superuser.
 */
async function takeContents(
  session: ServerSession,
  { database, owner }: DatabaseNames,
): Promise<void> {
  await session.within(database, within =>
    within.change(sql`DO $adopt$
DECLARE
  new_owner oid := (SELECT oid FROM pg_roles WHERE rolname = ${owner});
  one record;
BEGIN
  FOR one IN
    WITH own_schemas AS (
      SELECT * FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ),
    of_extensions AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
    SELECT 'SCHEMA' AS kind, format('%I', nspname) AS name FROM own_schemas
    WHERE nspowner NOT IN (new_owner, 'pg_database_owner'::regrole) AND ('pg_namespace'::regclass, oid) NOT IN (SELECT * FROM of_extensions)
    UNION ALL
    SELECT 'TABLE', c.oid::regclass::text FROM pg_class c JOIN own_schemas s ON s.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relowner <> new_owner
      AND ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM of_extensions)
      AND NOT (relkind = 'S' AND EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND refobjsubid > 0 AND deptype IN ('a', 'i')
      ))
    UNION ALL
    SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p JOIN own_schemas s ON s.oid = pronamespace
    WHERE proowner <> new_owner AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT * FROM of_extensions)
    UNION ALL
    SELECT 'TYPE', t.oid::regtype::text
    FROM pg_type t JOIN own_schemas s ON s.oid = typnamespace LEFT JOIN pg_class c ON c.oid = typrelid
    WHERE typowner <> new_owner AND (typtype IN ('e', 'd', 'r') OR relkind = 'c')
      AND ('pg_type'::regclass, t.oid) NOT IN (SELECT * FROM of_extensions)
  LOOP
    EXECUTE format('ALTER %s %s OWNER TO %I', one.kind, one.name, ${owner}::text);
  END LOOP;
END $adopt$`),
  );
}
