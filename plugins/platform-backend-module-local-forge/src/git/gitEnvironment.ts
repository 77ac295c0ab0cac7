import { devNull } from 'node:os';

/** Git configuration for one command, e.g. `{ 'core.hooksPath': '/x' }`. */
export type GitSettings = Record<string, string>;

/**
 * The whole environment of a git process: enough to find its programs, and configuration that neither
 * the machine nor the person who started the portal can change.
 */
export function gitEnvironment(settings: GitSettings = {}): NodeJS.ProcessEnv {
  const all: GitSettings = {
    // Repositories may belong to another user than the portal's; they are all its own.
    'safe.directory': '*',
    'core.hooksPath': devNull,
    // Refs and loose objects are on disk before a push counts; git's default leaves them to the kernel.
    'core.fsync': 'committed',
    'core.quotePath': 'false',
    'init.defaultBranch': 'main',
    ...settings,
  };
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: devNull,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(Object.keys(all).length),
  };
  if (process.env.TMPDIR) {
    environment.TMPDIR = process.env.TMPDIR;
  }
  Object.entries(all).forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
