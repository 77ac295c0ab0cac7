import { createTemplateRenderer } from 'nunjitsu';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../lib/ports.mjs';
import { root } from '../../lib/paths.mjs';
import { until200 } from './serviceTraffic.mjs';
import { timed } from './statistics.mjs';

/** Runs a command to its end; throws with what it printed when it fails. */
export const run = promisify(execFile);

/** The golden path's files for a service, as the wizard would write them. */
export async function renderSkeleton(directory, name) {
  await cp(path.join(root, 'templates/nodejs-service/skeleton'), directory, {
    recursive: true,
  });
  const renderer = createTemplateRenderer();
  const values = { name, description: 'Made by the bench', owner: 'nobody' };
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of entries.filter(each => each.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, renderer.render(text, { values }));
  }
}

/**
 * The same work by hand: init, push, clone, `npm ci`, `npm test`, start, first 200. In seconds.
 *
 * @param {string} directory - an empty folder of its own
 */
export async function plainScript(directory) {
  const source = path.join(directory, 'source');
  await mkdir(source, { recursive: true });
  await renderSkeleton(source, 'byhand');
  const port = await freePort();
  let service;
  const seconds = await timed(async () => {
    const bare = path.join(directory, 'bare.git');
    const work = path.join(directory, 'work');
    await run('git', ['init', '--quiet', '--bare', bare]);
    await git(source, 'init', '--quiet', '--initial-branch', 'main');
    await git(source, 'add', '--all');
    await git(source, 'commit', '--quiet', '--message', 'First');
    await git(source, 'push', '--quiet', bare, 'main');
    await run('git', ['clone', '--quiet', '-b', 'main', bare, work]);
    service = await buildAndServe(work, port, 'Hello from byhand');
  });
  service.kill();
  return seconds;
}

async function buildAndServe(work, port, greeting) {
  const env = { ...process.env, PORT: String(port) };
  await run('npm', ['ci', '--prefer-offline'], { cwd: work, env });
  await run('npm', ['test'], { cwd: work, env });
  const service = spawn(process.execPath, ['src/main.js'], {
    cwd: work,
    env,
    stdio: 'ignore',
  });
  await until200({ port }, greeting);
  return service;
}

/** A git client with an identity. */
export function git(cwd, ...parameters) {
  const identity = [
    '-c',
    'user.name=Bench',
    '-c',
    'user.email=bench@example.com',
  ];
  return run('git', [...identity, ...parameters], { cwd });
}
