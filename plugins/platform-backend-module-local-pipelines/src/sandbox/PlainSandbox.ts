import path from 'node:path';
import type { UnprivilegedUser } from '../processes/UnprivilegedUser';
import type { Sandbox, SandboxedCommand, SandboxRequest } from './Sandbox';
import { SYSTEM_PATH } from './jobEnvironment';

/** Where what jobs need lies on this machine. */
export interface SandboxTools {
  /** gitlab-ci-local's program. */
  program: string;
  /** The script that bounds what a job prints. */
  hook: string;
  npmCache: string;
  /** gitlab-ci-local, compiled; jobs cannot write it. */
  compileCache: string;
  /** How jobs reach the network. */
  network: Record<string, string>;
  /** Set when the portal is root. */
  user?: UnprivilegedUser;
}

/** {@link Sandbox} with nothing but a clean environment and, where the portal is root, another user. */
export class PlainSandbox implements Sandbox {
  readonly remark =
    'This machine has no working bubblewrap: jobs run without a sandbox of their own.';
  readonly #tools: SandboxTools;

  constructor(tools: SandboxTools) {
    this.#tools = tools;
  }

  command({ project, home, args }: SandboxRequest): SandboxedCommand {
    const { program, user } = this.#tools;
    return {
      command: process.execPath,
      args: [program, ...args],
      cwd: project,
      env: jobEnvironment(this.#tools, {
        home,
        node: path.dirname(process.execPath),
      }),
      uid: user?.uid,
      gid: user?.gid,
    };
  }
}

/** All that jobs see of the portal's environment, and what they need instead. */
export function jobEnvironment(
  tools: SandboxTools,
  options: { home: string; node: string },
): Record<string, string> {
  return {
    ...tools.network,
    PATH: `${options.node}:${SYSTEM_PATH}`,
    HOME: options.home,
    USER: tools.user?.name ?? 'jobs',
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    npm_config_cache: tools.npmCache,
    NODE_COMPILE_CACHE: tools.compileCache,
    BASH_ENV: tools.hook,
  };
}
