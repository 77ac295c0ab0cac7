import type { ServerSession } from '../server/ServerSession';
import type { Limits } from '../parameters/limits';
import { parseSetting } from '../parameters/parseSetting';

/** A database, as seen from outside. */
export interface DatabaseFacts {
  name: string;
  owner: string;
  /** Half dropped when the server died: it can't be used or mended, only dropped. */
  isBroken: boolean;
  allowsConnections: boolean;
  /** Whether roles that have nothing to do with it may connect. */
  isPublic: boolean;
  limits: Limits;
}

interface DatabaseRow {
  name: string;
  owner: string;
  connection_limit: number;
  allows_connections: boolean;
  is_public: boolean;
  settings: string[] | null;
}

/** What PostgreSQL sets as the limit of a database while it is being dropped. */
const BROKEN = -2;

/** Answers `undefined` where there is no such database. */
export async function readDatabase(
  session: ServerSession,
  name: string,
): Promise<DatabaseFacts | undefined> {
  const [row] = await session.read<DatabaseRow>(
    `SELECT datname AS name, pg_get_userbyid(datdba) AS owner, datconnlimit AS connection_limit, datallowconn AS allows_connections,
       has_database_privilege('public', d.oid, 'CONNECT') AS is_public, setconfig AS settings
     FROM pg_database d LEFT JOIN pg_db_role_setting ON setdatabase = d.oid AND setrole = 0
     WHERE datname = $1`,
    [name],
  );
  if (!row) {
    return undefined;
  }
  const settings = new Map(
    (row.settings ?? []).map(text => {
      const at = text.indexOf('=');
      return [text.slice(0, at), text.slice(at + 1)] as const;
    }),
  );
  return {
    name: row.name,
    owner: row.owner,
    isBroken: row.connection_limit === BROKEN,
    allowsConnections: row.allows_connections,
    isPublic: row.is_public,
    limits: {
      connections: row.connection_limit < 0 ? 'none' : row.connection_limit,
      statementTimeoutMs: parseSetting(
        settings.get('statement_timeout'),
        'time',
      ),
      idleInTransactionTimeoutMs: parseSetting(
        settings.get('idle_in_transaction_session_timeout'),
        'time',
      ),
      workMemoryKb: parseSetting(settings.get('work_mem'), 'memory'),
    },
  };
}
