import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WorkloadUser } from '../processes/WorkloadUser';
import { bindArguments } from './bindArguments';
import type { Bind } from './Mount';

const TIMEOUT_MS = 10_000;

/**
 * Shows a process volumes and files where it wants them, in a mount namespace of its own; everything else of the machine stays as it is.
 * It is no sandbox.
 */
export class Bubblewrap {
  readonly #program: string;
  readonly #user: WorkloadUser | undefined;

  private constructor(program: string, user: WorkloadUser | undefined) {
    this.#program = program;
    this.#user = user;
  }

  /** `undefined` where this machine has none that works. */
  static async find(
    program: string,
    user: WorkloadUser | undefined,
    searchPath: string,
  ): Promise<Bubblewrap | undefined> {
    const bubblewrap = new Bubblewrap(program, user);
    const [file, ...args] = bubblewrap.wrap([], ['true'], '/');
    try {
      await promisify(execFile)(file, args, {
        env: { PATH: searchPath },
        timeout: TIMEOUT_MS,
      });
      return bubblewrap;
    } catch {
      return undefined;
    }
  }

  /** The command that runs a command so. It gives up root by itself: mounts are made before. */
  wrap(binds: Bind[], command: string[], directory: string): string[] {
    return [
      this.#program,
      ...bindArguments(binds),
      ...['--chdir', directory, '--'],
      ...(this.#user
        ? [
            'setpriv',
            `--reuid=${this.#user.uid}`,
            `--regid=${this.#user.gid}`,
            ...['--clear-groups', '--no-new-privs'],
            ...['--inh-caps=-all', '--bounding-set=-all'],
            '--',
          ]
        : []),
      ...command,
    ];
  }
}
