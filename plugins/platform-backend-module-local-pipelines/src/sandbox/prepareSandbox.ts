import {
  type LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { chown, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  findUnprivilegedUser,
  type UnprivilegedUser,
} from '../processes/UnprivilegedUser';
import { readNetworkEnvironment } from './jobEnvironment';
import { PlainSandbox } from './PlainSandbox';
import type { Sandbox } from './Sandbox';

const PACKAGE = '@slipway/plugin-platform-backend-module-local-pipelines';

/** Finds out what this machine offers to keep jobs apart from the portal and from each other. */
export async function prepareSandbox(options: {
  directory: string;
  user: string;
  logger: LoggerService;
}): Promise<{ sandbox: Sandbox; owner: UnprivilegedUser | undefined }> {
  const { directory, logger } = options;
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? await findUnprivilegedUser(options.user) : undefined;
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const npmCache = path.join(directory, 'npm-cache');
  const compileCache = path.join(directory, 'compile-cache');
  await mkdir(npmCache, { recursive: true });
  await mkdir(compileCache, { recursive: true, mode: 0o755 });
  if (owner) {
    await chown(npmCache, owner.uid, owner.gid);
  }
  const require = createRequire(resolvePackagePath(PACKAGE, 'package.json'));
  const tools = {
    program: require.resolve('gitlab-ci-local/dist/index.js'),
    hook: resolvePackagePath(PACKAGE, 'runner/bound-output.bash'),
    npmCache,
    compileCache,
    network: await readNetworkEnvironment(),
    user: owner,
  };
  const sandbox = new PlainSandbox(tools);
  logger.warn(sandbox.remark);
  return { sandbox, owner };
}
