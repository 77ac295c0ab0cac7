import { InputError } from '@backstage/errors';
import type { RedisConnection } from '../server/RedisConnection';
import { channelsOf, keysOf } from './accessRules';
import { COMMAND_PROFILE_NAMES, type CommandProfile } from './commandProfiles';
import { NO_FURTHER_RULES, observeUser } from './observeUser';

/** `~`, a prefix without characters that mean something in patterns, and `*`. */
const ONE_PREFIX = /^~([^*?[\]\\ ]+)\*$/;

/**
 * Looks whether a user that somebody made is one as the platform makes them: only then it can be taken over without changing what
 * it may do.
 *
 * @throws `InputError` where there is none, or where it is another kind of user
 */
export async function findAdoptableUser(
  connection: RedisConnection,
  server: string,
  name: string,
): Promise<{ prefix: string; commands: CommandProfile }> {
  const { exists, attributes } = await observeUser(
    connection,
    { server, name, prefix: '' },
    undefined,
  );
  if (!exists) {
    throw new InputError(
      `username: the Redis server "${server}" has no user "${name}".`,
    );
  }
  const prefix = ONE_PREFIX.exec(String(attributes.keys))?.[1];
  const commands = COMMAND_PROFILE_NAMES.find(
    profile => profile === attributes.commands,
  );
  const problem = findProblem();
  if (problem || !prefix || !commands) {
    throw new InputError(
      `username: the user "${name}" can't be taken over as it is: ${problem}`,
    );
  }
  return { prefix, commands };

  function findProblem(): string | undefined {
    if (!prefix) {
      return `its keys are "${attributes.keys}"; they must be one prefix, such as ~orders:*.`;
    }
    if (attributes.channels !== channelsOf(prefix)) {
      return `its channels are "${attributes.channels}"; they must be ${channelsOf(prefix)}, as its keys are ${keysOf(prefix)}.`;
    }
    if (attributes.furtherRules !== NO_FURTHER_RULES) {
      return `it has further rules, ${attributes.furtherRules}; it must have none.`;
    }
    if (!attributes.enabled) {
      return 'it is switched off; it must be on.';
    }
    return commands
      ? undefined
      : `its commands are ${attributes.commands}; they must be what ${COMMAND_PROFILE_NAMES.join(' or ')} allows.`;
  }
}
