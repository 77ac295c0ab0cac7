import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { UserError } from './UserError.mjs';
import { readWorkspaces } from './workspaces.mjs';

/**
 * Bundles a Node program into one CommonJS file.
 *
 * @param {{ entry: string, outfile: string, inline: 'workspaces' | 'everything' }} options -
 *   `workspaces` leaves npm packages to be loaded from `node_modules` at run time; `everything`
 *   needs no `node_modules` at all
 */
export async function bundle(options) {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [options.entry],
    outfile: options.outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: true,
    keepNames: true,
    logLevel: 'silent',
    legalComments: 'none',
    absWorkingDir: root,
    plugins: options.inline === 'workspaces' ? [leaveOutNpmPackages()] : [],
  }).catch(error => error);
  if (result.errors.length > 0) {
    const messages = result.errors.map(
      ({ location, text }) =>
        `  ${location ? `${location.file}:${location.line}: ` : ''}${text}`,
    );
    throw new UserError(
      `Building ${path.relative(root, options.entry)} failed:\n${messages.join(
        '\n',
      )}`,
    );
  }
}

/**
 * Keeps npm packages out of a bundle, except those that a workspace has a version of its own of:
 * at run time the bundle would find the other one.
 *
 * @returns {import('esbuild').Plugin}
 */
function leaveOutNpmPackages() {
  const workspaces = readWorkspaces();
  return {
    name: 'leave-out-npm-packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path: request, resolveDir, kind }) => {
        if (kind === 'entry-point' || request.startsWith('node:'))
          return undefined;
        const name = packageName(request);
        const isInlined =
          workspaces.has(name) || hasOwnVersion(resolveDir, name);
        return isInlined ? undefined : { path: request, external: true };
      });
    },
  };
}

function packageName(request) {
  return request
    .split('/')
    .slice(0, request.startsWith('@') ? 2 : 1)
    .join('/');
}

function hasOwnVersion(directory, name) {
  for (
    let current = directory;
    current !== root && current !== path.dirname(current);
    current = path.dirname(current)
  ) {
    if (existsSync(path.join(current, 'node_modules', name))) return true;
  }
  return false;
}
