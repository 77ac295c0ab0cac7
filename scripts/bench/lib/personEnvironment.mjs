import path from 'node:path';

/**
 * The environment without what `npm run bench` adds to it and without Slipway's own settings: as a
 * person has it who types the next command.
 *
 * @param {Record<string, string>} [additions]
 * @returns {NodeJS.ProcessEnv}
 */
export function personEnvironment(additions = {}) {
  const added =
    /^(npm_(?!config_)|npm_config_(local_|global_)?prefix$|SLIPWAY_|INIT_CWD$|NODE$)/;
  const kept = Object.entries(process.env).filter(
    ([name]) => !added.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: (process.env.PATH ?? '')
      .split(path.delimiter)
      .filter(folder => !folder.endsWith(path.join('node_modules', '.bin')))
      .join(path.delimiter),
    ...additions,
  };
}
