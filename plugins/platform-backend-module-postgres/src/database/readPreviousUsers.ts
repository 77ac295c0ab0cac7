import type { ServerSession } from '../server/ServerSession';
import type { DatabaseNames } from './DatabaseNames';

/** Who uses a database that is to be adopted. Superusers need nothing, and are left out. */
export interface PreviousUsers {
  /** They own it, or something in it. */
  owners: string[];
  /** They have been given something in it. */
  guests: string[];
}

/** Reads them from what PostgreSQL knows of dependencies on roles. */
export async function readPreviousUsers(
  session: ServerSession,
  { database, owner, reader }: DatabaseNames,
): Promise<PreviousUsers> {
  const [row] = await session.read<{ owners: string[]; guests: string[] }>(
    `WITH uses AS (
       SELECT refobjid AS role, deptype = 'o' AS owns
       FROM pg_shdepend s JOIN pg_database d ON s.dbid = d.oid OR (s.classid = 'pg_database'::regclass AND s.objid = d.oid)
       WHERE d.datname = $1 AND refclassid = 'pg_authid'::regclass
     ),
     users AS (
       SELECT rolname::text AS name, bool_or(owns) AS owns
       FROM uses JOIN pg_roles r ON r.oid = role
       WHERE NOT rolsuper AND rolname <> ALL ($2) AND rolname !~ '^pg_'
       GROUP BY rolname
     )
     SELECT
       ARRAY (SELECT name FROM users WHERE owns ORDER BY name) AS owners,
       ARRAY (SELECT name FROM users WHERE NOT owns ORDER BY name) AS guests`,
    [database, [owner, reader]],
  );
  return row;
}
