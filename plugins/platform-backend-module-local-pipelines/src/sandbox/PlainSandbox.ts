import type { Sandbox, SandboxedCommand, SandboxRequest } from './Sandbox';
import {
  createEnvironment,
  createProgram,
  type SandboxTools,
} from './SandboxTools';

/** {@link Sandbox} with nothing but a clean environment and, where the portal is root, another user. */
export class PlainSandbox implements Sandbox {
  readonly remark =
    'This machine has no working bubblewrap, so jobs can see its files and processes. Run only code of people you trust.';
  readonly #tools: SandboxTools;

  constructor(tools: SandboxTools) {
    this.#tools = tools;
  }

  command({ project, home, args }: SandboxRequest): SandboxedCommand {
    const { user } = this.#tools;
    return {
      command: process.execPath,
      args: createProgram(this.#tools, args),
      cwd: project,
      env: createEnvironment(this.#tools, home),
      uid: user?.uid,
      gid: user?.gid,
    };
  }
}
