import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox, SandboxedCommand, SandboxRequest } from './Sandbox';
import {
  createEnvironment,
  createProgram,
  type SandboxTools,
} from './SandboxTools';

/** What jobs see of the machine, read-only, where it is there. Everything else of it is not there at all. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc'];
const SYSTEM_OPTIONAL = ['/nix/store', '/run/systemd/resolve'];

/**
 * {@link Sandbox} in bubblewrap: an empty root with the system read-only, the pipeline's own directories
 * and npm's cache, a `/tmp` and processes of its own, the network shared. Every path is what it is outside.
 *
 * As root, the mounts are made before root is given up, so that directories that only root may enter
 * can be above what is shown.
 */
export class BubblewrapSandbox implements Sandbox {
  readonly remark = undefined;
  readonly #tools: SandboxTools;
  readonly #isWarming: boolean;

  /** While warming, the compile cache is writable. */
  constructor(tools: SandboxTools, options: { isWarming?: boolean } = {}) {
    this.#tools = tools;
    this.#isWarming = options.isWarming ?? false;
  }

  command({ project, home, args }: SandboxRequest): SandboxedCommand {
    const { user, npmCache, compileCache } = this.#tools;
    const writable = [project, home, npmCache];
    const shown = this.#shown();
    return {
      command: this.#tools.bubblewrap ?? 'bwrap',
      args: [
        ...['--unshare-pid', '--unshare-ipc', '--die-with-parent'],
        ...SYSTEM.filter(existsSync).flatMap(readOnly),
        ...SYSTEM_OPTIONAL.flatMap(readOnly),
        ...['--proc', '/proc', '--dev', '/dev'],
        ...['--perms', '1777', '--tmpfs', '/tmp'],
        ...parentsOf([...shown, ...writable, compileCache]),
        ...shown.flatMap(readOnly),
        ...(this.#isWarming ? [...writable, compileCache] : writable).flatMap(
          file => ['--bind', file, file],
        ),
        ...(this.#isWarming ? [] : readOnly(compileCache)),
        ...['--chdir', project, '--'],
        ...(user
          ? [
              'setpriv',
              `--reuid=${user.uid}`,
              `--regid=${user.gid}`,
              ...['--clear-groups', '--no-new-privs'],
              ...['--inh-caps=-all', '--bounding-set=-all'],
              '--',
            ]
          : []),
        process.execPath,
        ...createProgram(this.#tools, args),
      ],
      cwd: '/',
      env: createEnvironment(this.#tools, home),
    };
  }

  /** What is installed outside the system's directories: Node.js, npm, gitlab-ci-local, certificates. */
  #shown(): string[] {
    const { program, hook, searchPath, network, scanner } = this.#tools;
    const certificates = [
      network.npm_config_cafile,
      network.NODE_EXTRA_CA_CERTS,
      network.SSL_CERT_FILE,
    ].filter(file => file !== undefined);
    const files = [
      ...searchPath.filter(existsSync).flatMap(installationOf),
      ...certificates,
      path.dirname(program),
      hook,
      ...scanner,
    ];
    return [...new Set(files)].filter(file => !isInSystem(file));
  }
}

/** Makes the directories above others so that every user may pass: by itself bubblewrap lets root only. */
function parentsOf(files: string[]): string[] {
  const parents = new Set<string>();
  for (const file of files) {
    for (
      let parent = path.dirname(file);
      parent !== '/' && parent !== '/tmp' && !isInSystem(parent);
      parent = path.dirname(parent)
    ) {
      parents.add(parent);
    }
  }
  return [...parents]
    .sort()
    .flatMap(parent => ['--perms', '0755', '--dir', parent]);
}

function isInSystem(file: string): boolean {
  return SYSTEM.some(known => `${file}/`.startsWith(`${known}/`));
}

function readOnly(file: string): string[] {
  return ['--ro-bind-try', file, file];
}

/** What the programs of a directory need: themselves, and the packages that npm installed beside them. */
function installationOf(directory: string): string[] {
  const real = realpathSync(directory);
  const packages = path.join(real, '..', 'lib', 'node_modules');
  return [directory, real, ...(existsSync(packages) ? [packages] : [])];
}
