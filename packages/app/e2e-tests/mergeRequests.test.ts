import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { git, withToken } from './support/git';
import { signIn, test } from './support/portal';
import { ask } from './support/serviceTraffic';

/**
 * From a branch into the default one: a merge request, its preview, a review by a second person, the merge, and the end of the preview. One
 * story, because each part starts where the one before ended.
 */
test.describe.configure({ mode: 'serial' });

const BRANCH = 'feature/howdy';

let contexts: BrowserContext[] = [];
/** Who wrote it, and who looks at it. */
let mara: Page;
let idris: Page;
let clone: string;
let folder: string;

test.beforeAll(async ({ browser, portal }) => {
  contexts = [await browser.newContext(), await browser.newContext()];
  [mara, idris] = await Promise.all(contexts.map(each => each.newPage()));
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-merge-'));
  clone = path.join(folder, 'greetings');
  await signIn(mara, portal, 'mara');
  await signIn(idris, portal, 'idris');
});

test.afterAll(async () => {
  await Promise.all(contexts.map(each => each.close()));
  await rm(folder, { recursive: true, force: true });
});

async function expectAccessibleAtBothWidths(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
}

/** Changes what the service answers, and pushes it to the branch. */
async function push(from: string, to: string, message: string) {
  for (const file of ['src/app.js', 'test/app.test.js']) {
    const where = path.join(clone, file);
    const before = await readFile(where, 'utf8');
    await writeFile(where, before.replaceAll(from, to));
  }
  await git(clone, 'commit', '--all', '--message', message);
  return git(clone, 'push', 'origin', BRANCH);
}

test('a pushed branch gets a merge request, with what it changes', async ({
  portal,
}) => {
  await mara.goto(`${portal.url}/create/templates/default/nodejs-service`);
  await mara.getByLabel(/^Name/).fill('greetings');
  await mara.getByLabel(/^Description/).fill('Greets people');
  await mara.getByRole('button', { name: 'Review' }).click();
  await mara.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    mara.getByRole('link', { name: /Open the service/ }),
  ).toBeVisible({ timeout: 90_000 });
  await mara.goto(`${portal.url}/settings/access-tokens`);
  await mara.getByRole('button', { name: 'Create token' }).click();
  const dialog = mara.getByRole('dialog');
  await dialog.getByLabel('Name').fill('greetings');
  await dialog.getByRole('button', { name: /^Create/ }).click();
  const token = await mara.getByLabel('Token', { exact: true }).inputValue();
  const url = withToken(`${portal.url}/git/greetings.git`, 'mara', token);
  await git(folder, 'clone', url, 'greetings');
  await git(clone, 'checkout', '-b', BRANCH);

  const said = await push('Hello from', 'Howdy from', 'Say howdy');
  const link = `${portal.url}/repositories/greetings/merge-requests/new?branch=${BRANCH}`;
  expect(said).toContain(`Merge request: ${link}`);
  await mara.goto(link);
  await expect(mara.getByLabel(/^Title/)).toHaveValue('Say howdy');
  await mara.getByLabel(/^Description/).fill('Customers like it.');
  await expectAccessibleAtBothWidths(mara);
  await mara.getByRole('button', { name: 'Open merge request' }).click();
  await expect(mara.getByRole('heading', { name: 'Say howdy' })).toBeVisible();
  await expect(
    mara.getByText('Somebody of payments who wrote none of it'),
  ).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Merge' })).toBeDisabled();
});

test('its preview answers at an address of its own', async ({ portal }) => {
  const open = mara.getByRole('link', { name: 'Open the preview' });
  await expect(open).toBeVisible({ timeout: 90_000 });
  const address = (await open.getAttribute('href')) ?? '';
  expect(address).toMatch(/^http:\/\/greetings-devpreview\d+\.localhost/);
  expect((await ask(address)).body).toContain('Howdy from greetings');
  const dev = `http://greetings-dev.localhost:${portal.routerPort}`;
  expect((await ask(dev)).body).toContain('Hello from greetings');
  await expectAccessibleAtBothWidths(mara);
});

test('a second person asks for a change, and approves what comes of it', async ({
  portal,
}) => {
  await idris.goto(`${portal.url}/notifications`);
  await idris
    .getByText('mara asks for a review of greetings!1')
    .first()
    .click();
  await expect(idris.getByRole('heading', { name: 'Say howdy' })).toBeVisible();
  await idris
    .getByRole('region', { name: 'Changes of src/app.js' })
    .getByRole('button', { name: 'Comment on line 15' })
    .click();
  await idris
    .getByRole('textbox', { name: 'Comment on line 15' })
    .fill('Is that polite enough?');
  await idris
    .getByRole('button', { name: 'Comment', exact: true })
    .first()
    .click();
  await expect(idris.getByText('src/app.js:15')).toBeVisible();
  await idris.getByRole('button', { name: 'Ask for changes' }).click();
  await expect(
    idris.getByText('idris asked for changes, and has to look again.'),
  ).toBeVisible();
  await expect(mara.getByText('Is that polite enough?').first()).toBeVisible();

  await push('Howdy from', 'Good day from', 'Be polite');
  await expect(idris.getByText('before the newest commits')).toBeVisible({
    timeout: 30_000,
  });
  await idris.getByRole('button', { name: 'Approve' }).click();
  await expect(idris.getByText('Green, approved, and it fits.')).toBeVisible({
    timeout: 60_000,
  });
  await expectAccessibleAtBothWidths(idris);
});

test('it is merged, deployed, and its preview is gone', async ({ portal }) => {
  await idris.setViewportSize({ width: 1440, height: 900 });
  await idris.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(idris.getByText(/^Merged by Idris/)).toBeVisible();
  const dev = `http://greetings-dev.localhost:${portal.routerPort}`;
  await expect
    .poll(async () => (await ask(dev)).body, { timeout: 60_000 })
    .toContain('Good day from greetings');
  await idris.goto(
    `${portal.url}/catalog/default/component/greetings/delivery`,
  );
  await expect(idris.getByText('No previews')).toBeVisible({
    timeout: 60_000,
  });
  await git(clone, 'fetch', '--prune');
  expect(await git(clone, 'branch', '--remotes')).not.toContain(BRANCH);
});

test('a protected branch takes merges only', async ({ portal }) => {
  await idris.goto(`${portal.url}/repositories/greetings/merge-requests`);
  await idris.getByText('main takes merges only').click();
  await expect(
    idris.getByRole('switch', { name: 'main takes merges only' }),
  ).toBeChecked();
  await git(clone, 'checkout', 'main');
  await git(clone, 'pull');
  await git(clone, 'commit', '--allow-empty', '--message', 'Sneak in');
  await expect(git(clone, 'push')).rejects.toThrow(
    'is protected: push a branch, and open a merge request at',
  );
  await expectAccessibleAtBothWidths(idris);
});
