import type { Observation } from '@slipway/plugin-platform-node';
import type { JsonObject } from '@backstage/types';
import { namesOf, slotOf } from './database/DatabaseNames';
import { readContents } from './database/readContents';
import { readDatabase } from './database/readDatabase';
import { readRoles } from './database/readRoles';
import type { DatabaseResource } from './acts/Target';
import { limitsOf } from './parameters/limits';
import type { ServerSession } from './server/ServerSession';

/** What every database shall be, whatever is asked for. */
export function fixedAttributes(resource: DatabaseResource): JsonObject {
  return {
    owner: namesOf(resource).owner,
    letsIn: true,
    publicAccess: false,
    readOnlyAccess: true,
  };
}

/** What a database is compared by, as it shall be. */
export function wantedAttributes(resource: DatabaseResource): JsonObject {
  const { server, extensions } = resource.parameters;
  return {
    server,
    ...fixedAttributes(resource),
    ...limitsOf(resource.parameters),
    extensions,
  };
}

/** The same as it is. A database into which nobody is let has no contents that could be compared. */
export async function observeDatabase(
  session: ServerSession,
  server: string,
  resource: DatabaseResource,
): Promise<Observation> {
  const names = namesOf(resource);
  const found = await readDatabase(session, names.database);
  if (!found || found.isBroken) {
    return { exists: false, attributes: {} };
  }
  const { letsIn } = await readRoles(session, names);
  const contents = found.allowsConnections
    ? await session.within(names.database, within =>
        readContents(within, names),
      )
    : undefined;
  return {
    exists: true,
    attributes: {
      server,
      owner: found.owner,
      letsIn: found.allowsConnections && letsIn[slotOf(names, resource)],
      publicAccess: found.isPublic || contents?.isOpen === true,
      readOnlyAccess: contents?.isReadable === true,
      ...found.limits,
      ...(contents ? { extensions: contents.extensions } : {}),
    },
  };
}
