import { PostgresServer, type ServerContext } from '../server/PostgresServer';
import type { ServerOptions } from '../server/ServerOptions';
import type { DatabaseSession, ServerSession } from '../server/ServerSession';

const PATIENCE_MS = 20_000;

/** A server to which the platform's process speaks until it dies: where the next change would be made, an error is thrown. */
export class TestServer extends PostgresServer {
  /** Those it was asked to do something about. */
  readonly resourceIds = new Set<string>();
  #changesLeft: number;

  constructor(options: ServerOptions, changes = Number.POSITIVE_INFINITY) {
    super(options, PATIENCE_MS);
    this.#changesLeft = changes;
  }

  override act<T>(
    resourceId: string,
    context: ServerContext,
    work: (session: ServerSession) => Promise<T>,
  ): Promise<T> {
    this.resourceIds.add(resourceId);
    return super.act(resourceId, context, session =>
      work({
        ...this.#mortal(session),
        within: (database, inner) =>
          session.within(database, within => inner(this.#mortal(within))),
      }),
    );
  }

  #mortal(session: DatabaseSession): DatabaseSession {
    return {
      read: (text, values) => session.read(text, values),
      change: async (...statements) => {
        if (statements.length > 0) {
          if (this.#changesLeft <= 0) {
            throw new Error('The process has died.');
          }
          this.#changesLeft -= 1;
        }
        await session.change(...statements);
      },
    };
  }
}
