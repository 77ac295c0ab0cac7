import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { git, withToken } from './support/git';
import { signIn, test } from './support/portal';
import { ask, Traffic } from './support/serviceTraffic';

/**
 * The main job, as an engineer does it: create a service, watch it come up, change it, break it, and
 * lose the portal in the middle. One story, because each part starts where the one before ended.
 */
test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
let folder: string;
let url: string;

test.beforeAll(async ({ browser, portal }) => {
  context = await browser.newContext();
  page = await context.newPage();
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-clone-'));
  url = `http://orders-dev.localhost:${portal.routerPort}`;
  await signIn(page, portal, 'mara');
});

test.afterAll(async () => {
  await context?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until the service answers with a text. */
async function answers(text: string, timeout = 60_000): Promise<void> {
  await expect
    .poll(async () => (await ask(url).catch(() => undefined))?.body, {
      timeout,
      intervals: [100],
    })
    .toContain(text);
}

async function change(from: string, to: string, file: string): Promise<void> {
  const where = path.join(folder, 'orders', file);
  const before = await readFile(where, 'utf8');
  expect(before).toContain(from);
  await writeFile(where, before.replaceAll(from, to));
}

async function openTab(name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
}

async function push(message: string): Promise<string> {
  const clone = path.join(folder, 'orders');
  await git(clone, 'commit', '--all', '--message', message);
  return git(clone, 'push');
}

test('creates a service with the wizard, and it answers', async ({
  portal,
}) => {
  await page.goto(`${portal.url}/create`);
  await page
    .getByRole('button', { name: 'Choose Node.js service', exact: true })
    .click();
  await page.getByLabel(/^Name/).fill('api');
  await page.getByLabel(/^Description/).fill('Takes and tracks orders');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(
    page.getByText(/reserved for the platform/).first(),
  ).toBeVisible();
  await page.getByLabel(/^Name/).fill('orders');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await answers('orders');
  const link = page.getByRole('link', { name: /Open the service/ });
  await expect(link).toHaveAttribute('href', new RegExp(url), {
    timeout: 90_000,
  });
});

test('shows who owns it, where it is, and how it is', async ({ portal }) => {
  await page.goto(`${portal.url}/catalog/default/component/orders`);
  await expect(page.getByText('Takes and tracks orders').first()).toBeVisible();
  await expect(page.getByText(/payments/i).first()).toBeVisible();
  await expect(page.getByText(/healthy/i).first()).toBeVisible();
  await openTab('Delivery');
  await expect(page.getByText('v1', { exact: true }).first()).toBeVisible();
  await openTab('Pipelines');
  await expect(page.getByText('done').first()).toBeVisible();
  await openTab('Logs');
  await expect(page.getByText(/listening/).first()).toBeVisible();
  await page.goto(`${portal.url}/repositories/orders`);
  await expect(page.getByText('score.yaml').first()).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${portal.url}/repositories/orders/commits`);
  await expect(page.getByRole('link', { name: 'done' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${portal.url}/runs`);
  await page.getByRole('link', { name: /^Build orders/ }).click();
  await expect(page.getByText('Log of scan')).toBeVisible();
  await expectAccessible(page);
});

test('takes over a pushed change without one failed request', async ({
  portal,
}) => {
  await page.goto(`${portal.url}/settings/access-tokens`);
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('clone of orders');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Create/ })
    .click();
  const token = await page.getByLabel('Token', { exact: true }).inputValue();

  const cloneUrl = `${portal.url}/git/orders.git`;
  await git(folder, 'clone', withToken(cloneUrl, 'mara', token), 'orders');
  const traffic = new Traffic(url);
  await change('Hello from', 'Good morning from', 'src/app.js');
  await change('Hello from', 'Good morning from', 'test/app.test.js');
  expect(await push('Greet by the time of day')).toContain('/catalog/default/');
  await answers('Good morning');
  // The old release is retired after the switch; its last requests count as well.
  await page.goto(`${portal.url}/catalog/default/component/orders/delivery`);
  await expect(page.getByText('v2', { exact: true }).first()).toBeVisible();
  await traffic.stop();
  expect(traffic.count).toBeGreaterThan(50);
  expect(traffic.failures).toEqual([]);
});

test('does not deploy a push whose tests fail, and says which job', async ({
  portal,
}) => {
  await change('Good morning from', 'Broken from', 'src/app.js');
  await push('Break the greeting');
  await page.goto(`${portal.url}/catalog/default/component/orders/pipelines`);
  await expect(page.getByText(/Job "test" failed/).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(/Good morning/).first()).toBeVisible();
  expect((await ask(url)).body).toContain('Good morning');
});

test('finishes interrupted work once after the backend was killed', async ({
  portal,
}) => {
  await change('Broken from', 'Welcome from', 'src/app.js');
  await change('Good morning from', 'Welcome from', 'test/app.test.js');
  const traffic = new Traffic(url);
  await push('Welcome people');
  portal.killBackend();
  await portal.waitUntilReady();
  await answers('Welcome');
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
  await page.goto(`${portal.url}/catalog/default/component/orders/delivery`);
  await expect(page.getByText('v3', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('v4', { exact: true })).toHaveCount(0);
});

test('goes back to an earlier release', async ({ portal }) => {
  await page.goto(`${portal.url}/catalog/default/component/orders/delivery`);
  await page.getByRole('button', { name: 'Roll back Development' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Roll back/ })
    .click();
  await answers('Good morning');
});

test('comes back as it was after Ctrl-C in the middle of a pipeline', async ({
  portal,
}) => {
  await change('Welcome from', 'Back again from', 'src/app.js');
  await change('Welcome from', 'Back again from', 'test/app.test.js');
  await push('Come back');
  await portal.stop();
  await expect(ask(url)).rejects.toThrow('ECONNREFUSED');

  await portal.claim();
  await portal.start();
  expect((await ask(url)).body).toContain('Good morning');
  // The lease of who ran it may have to end first, and the jobs begin anew.
  await answers('Back again', 120_000);
  await page.goto(`${portal.url}/catalog/default/component/orders/delivery`);
  await expect(page.getByText('v4', { exact: true }).first()).toBeVisible();
});
