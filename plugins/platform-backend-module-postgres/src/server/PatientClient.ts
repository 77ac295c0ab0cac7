import { Client, type ClientConfig } from 'pg';

const CONNECT_MS = 5_000;

/** A connection that gives up a server that doesn't answer. The pool has a time of its own, which would also count while others are served. */
export class PatientClient extends Client {
  constructor(config?: ClientConfig) {
    // The pool hides the password from what enumerates its options.
    const password = config?.password;
    super({ ...config, password, connectionTimeoutMillis: CONNECT_MS });
    // Told by the query that is under way, too; without one there is nobody to tell.
    this.on('error', () => undefined);
  }
}
