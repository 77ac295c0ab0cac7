import { InputError } from '@backstage/errors';
import { readAdoptable } from '../database/readAdoptable';
import { readContents } from '../database/readContents';
import { readDatabase } from '../database/readDatabase';
import type { DatabaseParameters } from '../parameters/databaseParameters';
import { askFor } from '../parameters/limits';
import type { ServerOptions } from '../server/ServerOptions';
import type { ServerSession } from '../server/ServerSession';

/** Says of a database that exists what would have to be asked for to get it. Throws `InputError` where it can't be adopted. */
export async function findDatabase(
  session: ServerSession,
  server: Pick<ServerOptions, 'name' | 'database' | 'extensions'>,
  database: string,
): Promise<{ what: string; parameters: DatabaseParameters }> {
  const at = `the server "${server.name}"`;
  const adoptable = await readAdoptable(session, database);
  const facts = await readDatabase(session, database);
  if (!adoptable || !facts) {
    throw new InputError(`database: there is no "${database}" on ${at}.`);
  }
  if (adoptable.isTemplate || database === server.database) {
    throw new InputError(
      `database: "${database}" is needed by ${at} itself. Adopt one that a service uses.`,
    );
  }
  if (adoptable.resourceId) {
    throw new InputError(
      `database: "${database}" belongs to a resource already (${adoptable.resourceId}). If that one is no longer known, take its mark away first: COMMENT ON ROLE ${adoptable.owner} IS NULL.`,
    );
  }
  if (!adoptable.allowsConnections || facts.isBroken) {
    throw new InputError(
      `database: "${database}" lets nobody in. Allow connections to it first (ALTER DATABASE ... ALLOW_CONNECTIONS true).`,
    );
  }
  const { extensions } = await session.within(database, within =>
    readContents(within, { owner: facts.owner, reader: facts.owner }),
  );
  const refused = extensions.filter(each => !server.extensions.includes(each));
  if (refused.length > 0) {
    throw new InputError(
      `database: "${database}" has extensions that ${at} doesn't offer: ${refused.join(', ')}. Add them to platform.postgres.servers, or drop them first.`,
    );
  }
  return {
    what: `the database ${database} on ${at}, which belongs to ${facts.owner}`,
    parameters: {
      ...askFor(facts.limits, 'small'),
      extensions,
      server: server.name,
    },
  };
}
