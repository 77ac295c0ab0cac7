import path from 'node:path';
import type { UnprivilegedUser } from '../processes/UnprivilegedUser';

/** Where what jobs need lies on this machine. */
export interface SandboxTools {
  /** gitlab-ci-local's program. */
  program: string;
  /** The script that bounds what a job prints. */
  hook: string;
  /** The directories that `slipway-scan` lies in, the one with the command first. */
  scanner: [bin: string, ...more: string[]];
  /** bubblewrap's program, where the machine has it. */
  bubblewrap?: string;
  npmCache: string;
  /** gitlab-ci-local, compiled; jobs cannot write it. */
  compileCache: string;
  /** How jobs reach the network. */
  network: Record<string, string>;
  /** Directories to search for programs, the portal's Node.js first. */
  searchPath: string[];
  /** Set when the portal is root. */
  user?: UnprivilegedUser;
}

/**
 * gitlab-ci-local with its arguments. The hook is given as a variable too, which no variable of a
 * definition goes before: else a job with a `BASH_ENV` of its own would print without bounds.
 */
export function createProgram(tools: SandboxTools, args: string[]): string[] {
  return [tools.program, '--variable', `BASH_ENV=${tools.hook}`, ...args];
}

/** The whole environment of gitlab-ci-local; jobs get it with the pipeline's variables added. */
export function createEnvironment(
  tools: SandboxTools,
  home: string,
): Record<string, string> {
  return {
    ...tools.network,
    PATH: tools.searchPath.join(path.delimiter),
    HOME: home,
    USER: tools.user?.name ?? 'jobs',
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    GIT_TERMINAL_PROMPT: '0',
    npm_config_cache: tools.npmCache,
    // Both are taken away before a job's script starts.
    NODE_COMPILE_CACHE: tools.compileCache,
    BASH_ENV: tools.hook,
  };
}
