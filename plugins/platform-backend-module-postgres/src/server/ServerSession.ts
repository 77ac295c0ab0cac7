import type { QueryResultRow } from 'pg';
import type { Statement } from './sql';

/** Speaks to one database of a server as its administrator, for the time of one act. */
export interface DatabaseSession {
  /** @param text - with `$1`, `$2` for the values */
  read<TRow extends QueryResultRow>(
    text: string,
    values: unknown[],
  ): Promise<TRow[]>;
  /** Executes all or none of the statements, in one transaction. One alone may be such that no transaction can hold it. */
  change(...statements: Statement[]): Promise<void>;
}

/** The same of the database that is always there, with a way into the others. */
export interface ServerSession extends DatabaseSession {
  /** Does something in another database, over a connection of its own that is closed then. */
  within<T>(
    database: string,
    work: (session: DatabaseSession) => Promise<T>,
  ): Promise<T>;
}
