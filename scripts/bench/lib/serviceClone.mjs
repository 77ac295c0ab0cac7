import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from './plainScript.mjs';

/**
 * A clone of a service's repository to push from, with a token of its own.
 *
 * @param {import('../../lib/Portal.mjs').Portal} portal
 * @param {import('./PortalSession.mjs').PortalSession} session - of Mara
 * @param {string} directory - where the folder `clone` shall be
 * @param {string} name - of the service
 */
export async function cloneWithToken(portal, session, directory, name) {
  const { token } = await session.call('/platform/access-tokens', { name });
  const url = new URL(`${portal.url}/git/${name}.git`);
  url.username = 'mara';
  url.password = token;
  await git(directory, 'clone', '--quiet', url.href, 'clone');
  return path.join(directory, 'clone');
}

/** Commits another greeting; the push is the caller's. */
export async function greet(clone, before, after) {
  for (const name of ['src/app.js', 'test/app.test.js']) {
    const file = path.join(clone, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(before, after));
  }
  await git(clone, 'commit', '--quiet', '--all', '--message', after);
}
