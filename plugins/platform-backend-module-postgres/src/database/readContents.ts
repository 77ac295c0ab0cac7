import type { DatabaseSession } from '../server/ServerSession';

/** A database, as seen from inside. */
export interface ContentFacts {
  /** Beside those that every database has; sorted. */
  extensions: string[];
  /** Whether roles that have nothing to do with it may make things in it. */
  isOpen: boolean;
  /** Whether the reader can read all that is there, and all that will be. */
  isReadable: boolean;
  /** The schemas that aren't PostgreSQL's own. */
  schemas: string[];
}

/** Schemas that people made; relations in them that belong to no extension. */
const OWN = `nspname !~ '^pg_' AND nspname <> 'information_schema'`;

export async function readContents(
  session: DatabaseSession,
  roles: { owner: string; reader: string },
): Promise<ContentFacts> {
  const [row] = await session.read<{
    extensions: string[];
    schemas: string[];
    is_open: boolean;
    is_readable: boolean;
  }>(
    `WITH role AS (
       SELECT (SELECT oid FROM pg_roles WHERE rolname = $1) AS owner, (SELECT oid FROM pg_roles WHERE rolname = $2) AS reader
     ),
     own_schemas AS (SELECT oid, nspname FROM pg_namespace WHERE ${OWN})
     SELECT
       ARRAY (SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname COLLATE "C") AS extensions,
       ARRAY (SELECT nspname::text FROM own_schemas ORDER BY nspname) AS schemas,
       EXISTS (SELECT FROM own_schemas WHERE nspname = 'public' AND has_schema_privilege('public', oid, 'CREATE')) AS is_open,
       (SELECT count(*) = 3 FROM (
          SELECT DISTINCT defaclobjtype FROM role, pg_default_acl, aclexplode(defaclacl) AS granted
          WHERE defaclrole = role.owner AND defaclnamespace = 0 AND granted.grantee = role.reader
            AND (defaclobjtype, granted.privilege_type) IN (('r', 'SELECT'), ('S', 'SELECT'), ('n', 'USAGE'))
        ) AS defaults)
       AND NOT EXISTS (SELECT FROM role, own_schemas s WHERE has_schema_privilege(role.reader, s.oid, 'USAGE') IS NOT TRUE)
       AND NOT EXISTS (
         SELECT FROM role, pg_class c JOIN own_schemas s ON s.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege(role.reader, c.oid, 'SELECT') IS NOT TRUE
           AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
       ) AS is_readable`,
    [roles.owner, roles.reader],
  );
  return {
    extensions: row.extensions,
    schemas: row.schemas,
    isOpen: row.is_open,
    isReadable: row.is_readable,
  };
}
