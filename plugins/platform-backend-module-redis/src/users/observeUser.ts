import type { Observation } from '@slipway/plugin-platform-node';
import { createHash } from 'node:crypto';
import type { AclUser, RedisConnection } from '../server/RedisConnection';
import { describeCommands } from './describeCommands';
import type { RedisUser } from './RedisUser';

/** What `password` is when the one that was given out lets its user in. */
export const VALID_PASSWORD = 'as given out';
/** What `furtherRules` are where there are none. */
export const NO_FURTHER_RULES = 'none';

/**
 * Looks at a user.
 *
 * @param password - the one that was given out
 */
export async function observeUser(
  connection: RedisConnection,
  user: RedisUser,
  password: string | undefined,
): Promise<Observation> {
  const found = await connection.user(user.name);
  if (!found) {
    return { exists: false, attributes: {} };
  }
  return {
    exists: true,
    attributes: {
      server: user.server,
      commands: await describeCommands(found.commands, category =>
        connection.commandsOf(category),
      ),
      keys: found.keys,
      channels: found.channels,
      furtherRules: found.selectors.join(' ') || NO_FURTHER_RULES,
      enabled: found.flags.includes('on'),
      password: describePassword(found, password),
    },
  };
}

/** As the server keeps it. */
export function hashOf(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

function describePassword(user: AclUser, password: string | undefined): string {
  if (user.flags.includes('nopass')) {
    return 'none is needed';
  }
  return password !== undefined &&
    user.passwordHashes.includes(hashOf(password))
    ? VALID_PASSWORD
    : 'not the one given out';
}
