import {
  type LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../processes/findProgram';
import {
  findUnprivilegedUser,
  type UnprivilegedUser,
} from '../processes/UnprivilegedUser';
import { BubblewrapSandbox } from './BubblewrapSandbox';
import { readNetworkEnvironment } from './readNetworkEnvironment';
import { PlainSandbox } from './PlainSandbox';
import type { Sandbox } from './Sandbox';
import type { SandboxTools } from './SandboxTools';

const run = promisify(execFile);

const PACKAGE = '@slipway/plugin-platform-backend-module-local-pipelines';
const SYSTEM_PATH = [
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
];

/** Finds out what this machine offers to keep jobs apart from the portal and from each other. */
export async function prepareSandbox(options: {
  directory: string;
  user: string;
  logger: LoggerService;
}): Promise<{ sandbox: Sandbox; owner: UnprivilegedUser | undefined }> {
  const { directory, logger } = options;
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? await findUnprivilegedUser(options.user) : undefined;
  const npmCache = path.join(directory, 'npm-cache');
  const compileCache = path.join(directory, 'compile-cache');
  await mkdir(directory, { recursive: true, mode: 0o711 });
  await mkdir(npmCache, { recursive: true });
  await mkdir(compileCache, { recursive: true, mode: 0o755 });
  if (user) {
    await chown(npmCache, user.uid, user.gid);
  }
  const [npm, rsync, bubblewrap, network] = await Promise.all([
    findProgram('npm'),
    findProgram('rsync'),
    findProgram('bwrap'),
    readNetworkEnvironment(),
  ]);
  const { resolve } = createRequire(
    resolvePackagePath(PACKAGE, 'package.json'),
  );
  const bin = resolvePackagePath(PACKAGE, 'runner/bin');
  const tools: SandboxTools = {
    program: resolve('gitlab-ci-local/dist/index.js'),
    hook: resolvePackagePath(PACKAGE, 'runner/bound-output.bash'),
    scanner: [bin, resolvePackagePath(PACKAGE, 'dist')],
    bubblewrap,
    npmCache,
    compileCache,
    network,
    searchPath: [
      ...new Set([
        path.dirname(process.execPath),
        ...(npm ? [path.dirname(npm)] : []),
        ...SYSTEM_PATH,
        ...(rsync ? [path.dirname(rsync)] : []),
        bin,
      ]),
    ],
    user,
  };
  const problem = await tryBubblewrap(tools);
  if (problem === undefined) {
    return { sandbox: new BubblewrapSandbox(tools), owner: user };
  }
  const sandbox = new PlainSandbox(tools);
  logger.warn(`${sandbox.remark} (${problem})`);
  return { sandbox, owner: user };
}

/**
 * Runs gitlab-ci-local in bubblewrap once, which also leaves its compiled code for all later starts.
 * Answers what was in the way, if anything was.
 */
async function tryBubblewrap(tools: SandboxTools): Promise<string | undefined> {
  if (!tools.bubblewrap) {
    return 'bwrap is not installed';
  }
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bubblewrap-'));
  try {
    if (tools.user) {
      await chown(tools.compileCache, tools.user.uid, tools.user.gid);
    }
    const { command, args, env } = new BubblewrapSandbox(tools, {
      isWarming: true,
    }).command({ project: directory, home: directory, args: ['--version'] });
    await run(command, args, { env, timeout: 20_000 });
    return undefined;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    return `bwrap failed: ${stderr?.trim() || String(error)}`;
  } finally {
    if (tools.user) {
      await run('chown', ['-R', '0:0', tools.compileCache]);
    }
    await rm(directory, { recursive: true, force: true });
  }
}
