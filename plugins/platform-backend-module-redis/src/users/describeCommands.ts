import { COMMAND_PROFILE_NAMES, COMMAND_PROFILES } from './commandProfiles';

/** Answers the commands and subcommands of a category. */
type CategoryReader = (category: string) => Promise<string[]>;

/** Every command is one or the other. */
const ALL = ['fast', 'slow'];

/**
 * Says what a user may do: the name of a profile, followed by what differs from it. Versions of Redis write the same rules in different ways, so
 * that rules are compared by the commands that they allow.
 *
 * @param rules - as the server tells them: `-@all +@read -scan`
 */
export async function describeCommands(
  rules: string,
  readCategory: CategoryReader,
): Promise<string> {
  const read = remembered(readCategory);
  const allowed = await allowedBy(rules.split(' '), read);
  const described = await Promise.all(
    COMMAND_PROFILE_NAMES.map(async profile => {
      const usual = await allowedBy(COMMAND_PROFILES[profile], read);
      const differences = [
        ...[...allowed]
          .filter(name => !usual.has(name))
          .map(name => `+${name}`),
        ...[...usual]
          .filter(name => !allowed.has(name))
          .map(name => `-${name}`),
      ].sort();
      return { text: [profile, ...differences].join(' '), differences };
    }),
  );
  return described.reduce((nearest, other) =>
    other.differences.length < nearest.differences.length ? other : nearest,
  ).text;
}

/** Applies rules one after the other, as the server does. */
async function allowedBy(
  rules: readonly string[],
  read: CategoryReader,
): Promise<Set<string>> {
  const all = (await Promise.all(ALL.map(read))).flat();
  const allowed = new Set<string>();
  for (const rule of rules) {
    const name = rule.slice(1);
    const commands = await commandsOf(name, all, read);
    commands.forEach(command =>
      rule.startsWith('+') ? allowed.add(command) : allowed.delete(command),
    );
  }
  return allowed;
}

async function commandsOf(
  name: string,
  all: string[],
  read: CategoryReader,
): Promise<string[]> {
  if (name === '@all') {
    return all;
  }
  if (name.startsWith('@')) {
    return await read(name.slice(1));
  }
  const known = all.filter(
    command => command === name || command.startsWith(`${name}|`),
  );
  // A rule for one argument of a command is in no category, and counts by its name.
  return known.length > 0 ? known : [name];
}

function remembered(read: CategoryReader): CategoryReader {
  const answers = new Map<string, Promise<string[]>>();
  return category => {
    const answer = answers.get(category) ?? read(category);
    answers.set(category, answer);
    return answer;
  };
}
