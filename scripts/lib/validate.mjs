import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { placeholderVariables } from './builds.mjs';
import { bundle } from './bundle.mjs';
import {
  dependenciesAreCurrent,
  installDependencies,
} from './dependencies.mjs';
import { root } from './paths.mjs';
import { configArguments } from './portalProcesses.mjs';

/**
 * Checks the environments and resource definitions with the portal's own code and configuration, in a process that starts nothing
 * and connects to nothing. Variables that only a running portal has get values that mean nothing.
 *
 * @returns {Promise<number>} the exit code
 */
export async function validate() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'slipway-validate-'));
  try {
    if (!dependenciesAreCurrent(root)) {
      process.stdout.write('Installing the dependencies\n');
      await installDependencies(root, path.join(dataDir, 'install.log'));
    }
    const directory = path.join(root, 'packages/backend');
    const outfile = path.join(directory, 'dist/validate.cjs');
    await bundle({
      entry: path.join(directory, 'src/validate.ts'),
      outfile,
      inline: 'workspaces',
    });
    return await run([outfile, ...configArguments()], {
      cwd: directory,
      env: {
        ...placeholderVariables(),
        ...process.env,
        SLIPWAY_DATA: dataDir,
        SLIPWAY_VALIDATE_FROM: process.cwd(),
        NODE_ENV: 'production',
      },
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function run(args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      ...options,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
