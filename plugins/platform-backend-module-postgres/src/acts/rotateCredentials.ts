import { otherSlot, slotOf } from '../database/DatabaseNames';
import { readRoles } from '../database/readRoles';
import type { ServerSession } from '../server/ServerSession';
import { name, sql } from '../server/sql';
import { endSessions } from './endSessions';
import { letIn } from './letIn';
import { revokeOthers } from './otherUsers';
import { type Credentials, newCredentials, type Target } from './Target';

/** How long statements of sessions with a revoked credential may go on, in milliseconds. */
const GRACE_MS = 10_000;

/** Lets the credential that isn't in use in, with new passwords. */
export async function issueCredentials(
  session: ServerSession,
  target: Target,
): Promise<Credentials> {
  const { names, resource, context } = target;
  const slot = otherSlot(slotOf(names, resource));
  const credentials = await newCredentials(target, slot);
  await letIn(session, target, credentials);
  context.log(`Issued a credential for ${names.logins[slot]}.`);
  return credentials;
}

/** Locks out everybody but the credential in use, and ends their sessions once they are idle. */
export async function revokeCredentials(
  session: ServerSession,
  { names, resource, context }: Target,
): Promise<void> {
  const slot = otherSlot(slotOf(names, resource));
  const { existing } = await readRoles(session, names);
  const revoked = [names.logins[slot], names.readerLogins[slot]].filter(role =>
    existing.has(role),
  );
  await session.change(
    ...revoked.map(role => sql`ALTER ROLE ${name(role)} NOLOGIN PASSWORD NULL`),
  );
  const grace = { signal: context.signal, graceMs: GRACE_MS };
  await endSessions(session, { roles: revoked }, grace);
  await revokeOthers(session, names, grace);
  context.log(`Only ${names.logins[slotOf(names, resource)]} is let in now.`);
}
