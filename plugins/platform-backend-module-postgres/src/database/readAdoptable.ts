import type { ServerSession } from '../server/ServerSession';
import { MARK } from './mark';

/** What decides whether a database can be adopted. */
export interface AdoptableFacts {
  owner: string;
  isTemplate: boolean;
  allowsConnections: boolean;
  /** The id of the resource that it belongs to already. */
  resourceId?: string;
}

/** Answers `undefined` where there is no such database. */
export async function readAdoptable(
  session: ServerSession,
  database: string,
): Promise<AdoptableFacts | undefined> {
  const [row] = await session.read<{
    owner: string;
    is_template: boolean;
    allows_connections: boolean;
    mark: string | null;
  }>(
    `SELECT pg_get_userbyid(datdba) AS owner, datistemplate AS is_template, datallowconn AS allows_connections,
       shobj_description(datdba, 'pg_authid') AS mark
     FROM pg_database WHERE datname = $1`,
    [database],
  );
  return (
    row && {
      owner: row.owner,
      isTemplate: row.is_template,
      allowsConnections: row.allows_connections,
      resourceId: row.mark?.match(MARK)?.[1],
    }
  );
}
