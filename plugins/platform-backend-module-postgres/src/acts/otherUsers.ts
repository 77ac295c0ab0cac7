import type { DatabaseNames } from '../database/DatabaseNames';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import { endSessions } from './endSessions';

/**
 * Those whom the platform let stay when it adopted the database: they may connect, or act as its owner, and were given nothing by the
 * platform.
 */
async function readOtherUsers(
  session: ServerSession,
  { owner, reader, logins, database }: DatabaseNames,
): Promise<string[]> {
  const rows = await session.read<{ name: string }>(
    `SELECT member.rolname AS name
     FROM pg_auth_members m JOIN pg_roles owner ON owner.oid = m.roleid JOIN pg_roles member ON member.oid = m.member
     WHERE owner.rolname = $1 AND member.rolname <> ALL ($2) AND member.rolname <> current_user
     UNION
     SELECT grantee.rolname
     FROM pg_database d, aclexplode(d.datacl) AS granted JOIN pg_roles grantee ON grantee.oid = granted.grantee
     WHERE d.datname = $3 AND granted.privilege_type = 'CONNECT' AND grantee.rolname <> ALL ($4)
     ORDER BY name`,
    [owner, Object.values(logins), database, [owner, reader]],
  );
  return rows.map(row => row.name);
}

/** Takes from them what they have of this database, and ends their sessions in it. The roles stay: they may have others. */
export async function revokeOthers(
  session: ServerSession,
  names: DatabaseNames,
  grace: { graceMs: number; signal: AbortSignal },
): Promise<void> {
  const { database, owner } = names;
  const others = await readOtherUsers(session, names);
  if (others.length === 0) {
    return;
  }
  await session.change(
    sql`REVOKE ALL ON DATABASE ${name(database)} FROM ${others.map(name)}`,
    sql`REVOKE ${name(owner)} FROM ${others.map(name)}`,
    ...others.map(
      other =>
        sql`ALTER ROLE ${name(other)} IN DATABASE ${name(database)} RESET role`,
    ),
  );
  await endSessions(session, { roles: others, database }, grace);
}
