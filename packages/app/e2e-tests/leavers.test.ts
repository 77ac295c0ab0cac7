import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { git, withToken } from './support/git';
import { letGo } from './support/organisation';
import { signIn, test } from './support/portal';

/**
 * Somebody leaves: Zoe has a token, and is the only one who could approve what Tomas of her team asks for. One story, because each part starts where the one before
 * ended.
 */
test.describe.configure({ mode: 'serial' });

let contexts: BrowserContext[] = [];
let tomas: Page;
let zoe: Page;
/** Of the platform team. */
let wei: Page;
let folder: string;
let cloneUrl: string;

test.beforeAll(async ({ browser, portal }) => {
  contexts = await Promise.all([1, 2, 3].map(() => browser.newContext()));
  [tomas, zoe, wei] = await Promise.all(contexts.map(each => each.newPage()));
  await signIn(tomas, portal, 'tomas');
  await signIn(zoe, portal, 'zoe');
  await signIn(wei, portal, 'wei');
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-leavers-'));
});

test.afterAll(async () => {
  await Promise.all(contexts.map(each => each.close()));
  await rm(folder, { recursive: true, force: true });
});

test('Zoe clones with her token, and is asked to approve', async ({
  portal,
}) => {
  await tomas.goto(`${portal.url}/create/templates/default/nodejs-service`);
  await tomas.getByLabel(/^Name/).fill('banners');
  await tomas.getByLabel(/^Description/).fill('Shows what is on sale');
  await tomas.getByRole('button', { name: 'Review' }).click();
  await tomas.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    tomas.getByRole('link', { name: /Open the service/ }),
  ).toBeVisible({ timeout: 90_000 });
  await tomas.goto(`${portal.url}/catalog/default/component/banners/delivery`);
  for (const stage of ['staging', 'prod']) {
    await tomas.getByRole('button', { name: `Promote to ${stage}` }).click();
    await tomas
      .getByRole('dialog')
      .getByRole('button', { name: /^(Promote to|Ask for)/ })
      .click();
    await expect(tomas.getByRole('dialog')).toHaveCount(0);
  }
  await expect(
    tomas
      .getByRole('article', { name: 'Production' })
      .getByText('waiting for approval'),
  ).toBeVisible();

  await zoe.goto(`${portal.url}/settings/access-tokens`);
  await zoe.getByRole('button', { name: 'Create token' }).click();
  const creation = zoe.getByRole('dialog');
  await creation.getByLabel('Name').fill('laptop');
  await creation.getByRole('button', { name: /^Create/ }).click();
  const token = await zoe.getByLabel('Token', { exact: true }).inputValue();
  cloneUrl = withToken(`${portal.url}/git/banners.git`, 'zoe', token);
  await git(folder, 'clone', cloneUrl, 'before');
  await zoe.goto(`${portal.url}/approvals`);
  await expect(
    zoe.getByRole('link', { name: /^Review Deploy banners v1/ }),
  ).toBeVisible();
});

test('once she is gone, what she had is taken back', async ({
  portal,
  request,
}) => {
  await letGo(path.join(path.dirname(portal.passwordFile), 'org'), 'zoe');
  const refresh = await tomas.request.get(
    `${portal.url}/api/auth/local/refresh`,
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  const { backstageIdentity } = await refresh.json();
  await request.post(`${portal.url}/api/catalog/refresh`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
    data: { entityRef: 'user:default/tomas' },
  });
  await tomas.goto(`${portal.url}/ownership/leavers`);
  const row = tomas.getByRole('row', { name: /Zoe Marchetti/ });
  await expect(row.getByText('left', { exact: true })).toBeVisible({
    timeout: 180_000,
  });
  await expect(row).toContainText('1 access token was revoked.');
  await expect(row).toContainText('1 approval that waited is for others now.');
  for (const width of [390, 1440]) {
    await tomas.setViewportSize({ width, height: 900 });
    await expectAccessible(tomas);
  }
  await expect(git(folder, 'clone', cloneUrl, 'after')).rejects.toThrow(
    /was revoked/,
  );
  await zoe.goto(portal.url);
  await expect(zoe.getByLabel('User name')).toBeVisible();
});

test('her team sees what that leaves it with', async () => {
  await tomas.getByRole('link', { name: 'Work items of growth' }).click();
  const item = tomas.getByRole('row', { name: /banners/ }).first();
  await expect(item.getByText('one person')).toBeVisible();
});

test('the platform team approves instead', async ({ portal }) => {
  await wei.goto(`${portal.url}/approvals`);
  await wei.getByRole('link', { name: /^Review Deploy banners v1/ }).click();
  await wei.getByRole('button', { name: 'Approve' }).click();
  await expect(wei.getByText('It was approved')).toBeVisible();
});
