import { COMMAND_PROFILES, type CommandProfile } from './commandProfiles';
import type { RedisUser } from './RedisUser';

/** Rules of `ACL SETUSER` that make a user what it shall be, whatever it is. Its passwords stay. */
export function accessRules(
  { prefix }: Pick<RedisUser, 'prefix'>,
  commands: CommandProfile,
): string[] {
  return [
    'on',
    'clearselectors',
    'resetkeys',
    keysOf(prefix),
    'resetchannels',
    channelsOf(prefix),
    'nocommands',
    ...COMMAND_PROFILES[commands],
  ];
}

/** As the server tells them. */
export function keysOf(prefix: string): string {
  return `~${prefix}*`;
}

/** As the server tells them. */
export function channelsOf(prefix: string): string {
  return `&${prefix}*`;
}
