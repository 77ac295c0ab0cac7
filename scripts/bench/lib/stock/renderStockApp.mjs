import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { npmCommand } from '../../../lib/npm.mjs';
import { root } from '../../../lib/paths.mjs';

const run = promisify(execFile);

/**
 * Writes the app that `@backstage/create-app` makes. Its program asks for Yarn, so its template is
 * rendered here, and changed as little as it takes to install it with npm and to run it on
 * PostgreSQL: no `link:`, no SQLite to compile, npm's settings as in this checkout, and all of Backstage
 * in one release, since packages of two don't always go together.
 *
 * @param {object} options
 * @param {string} options.createApp - the package and its version
 * @param {string} options.directory - created
 * @param {Record<string, string>} options.overrides - versions of packages that go before any other
 */
export async function renderStockApp({ createApp, directory, overrides }) {
  const packed = `${directory}.template`;
  await rm(packed, { recursive: true, force: true });
  await mkdir(packed, { recursive: true });
  const npm = npmCommand();
  await run(npm.command, [...npm.args, 'pack', createApp], { cwd: packed });
  const [archive] = await readdir(packed);
  await run('tar', ['xzf', archive], { cwd: packed });
  const template = path.join(packed, 'package');
  await cp(path.join(template, 'templates/default-app'), directory, {
    recursive: true,
  });
  const { packageVersions } = createRequire(import.meta.url)(
    path.join(template, 'dist/lib/versions.cjs.js'),
  );
  await render(directory, packageVersions);
  await rm(packed, { recursive: true, force: true });
  await adaptToNpm(directory, {
    ...pickBackstage(packageVersions),
    ...overrides,
  });
}

function pickBackstage(versions) {
  return Object.fromEntries(
    Object.entries(versions).filter(([name]) => name.startsWith('@backstage/')),
  );
}

async function render(directory, versions) {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  for (const { parentPath, name } of entries) {
    if (name.endsWith('.hbs')) {
      const file = path.join(parentPath, name);
      const text = await readFile(file, 'utf8');
      await writeFile(
        file.slice(0, -'.hbs'.length),
        text
          .replace(/{{\s*version '([^']+)'\s*}}/g, (_, of) => versions[of])
          .replace(/{{\s*name\s*}}/g, 'stock')
          .replace(/{{\s*defaultBranch\s*}}/g, 'main'),
      );
      await rm(file);
    }
  }
}

async function adaptToNpm(directory, overrides) {
  await cp(path.join(root, '.npmrc'), path.join(directory, '.npmrc'));
  await rm(path.join(directory, 'yarn.lock'));
  const pin = (dependencies = {}) => {
    for (const name of Object.keys(dependencies)) {
      dependencies[name] = overrides[name] ?? dependencies[name];
    }
  };
  for (const each of ['.', 'packages/app', 'packages/backend']) {
    await changeManifest(path.join(directory, each), manifest => {
      pin(manifest.dependencies);
      pin(manifest.devDependencies);
      if (each === '.') {
        manifest.overrides = overrides;
        delete manifest.packageManager;
      }
      if (each === 'packages/backend') {
        manifest.dependencies.app = '0.0.0';
        delete manifest.dependencies['better-sqlite3'];
      }
    });
  }
}

async function changeManifest(directory, change) {
  const file = path.join(directory, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  change(manifest);
  await writeFile(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
}
