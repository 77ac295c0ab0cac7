/**
 * What a user may do with the keys of its prefix, as rules of Redis. None of them reaches further: no administration, nothing that names
 * the keys, channels or functions of others, nothing that stops the server for all.
 */
export const COMMAND_PROFILES = {
  'read-write': [
    '+@all',
    '-@admin',
    '-@dangerous',
    '-scan',
    '-randomkey',
    '-dbsize',
    '-pubsub',
    '-function',
    '-script|flush',
    '-script|kill',
    '-script|debug',
    // Counted as dangerous, and asked for by clients to know the server's version.
    '+info',
  ],
  'read-only': [
    '+@read',
    '+@connection',
    '+@transaction',
    '+subscribe',
    '+psubscribe',
    '+ssubscribe',
    '+unsubscribe',
    '+punsubscribe',
    '+sunsubscribe',
    '-@admin',
    '-@dangerous',
    '-scan',
    '-randomkey',
    '-dbsize',
    '+info',
  ],
} as const satisfies Record<string, readonly string[]>;

export type CommandProfile = keyof typeof COMMAND_PROFILES;

export const COMMAND_PROFILE_NAMES = Object.keys(
  COMMAND_PROFILES,
) as CommandProfile[];
