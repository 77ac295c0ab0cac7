import { type BrowserContext, expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { signIn, test } from './support/portal';
import { ask, post, Traffic } from './support/serviceTraffic';
import { askServer } from './support/workloadServer';

/**
 * The life of a database, as the engineer sees it whose service uses it: made with the service, given new credentials under load, changed
 * by hand and set right, destroyed, restored with its rows, destroyed and purged. One story, because each part starts where the one before
 * ended.
 */
test.describe.configure({ mode: 'serial' });

/** A run on a resource and the deployments that belong to it, on a busy machine. */
const RUN_MS = 90_000;

let context: BrowserContext;
let page: Page;
let url: string;
let database: string;

test.beforeAll(async ({ browser, portal }) => {
  context = await browser.newContext();
  page = await context.newPage();
  url = `http://notes-dev.localhost:${portal.routerPort}`;
  await signIn(page, portal, 'mara');
});

test.afterAll(async () => {
  await context?.close();
});

/** Does what the menu offers, and confirms it. */
async function perform(item: string, confirm: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: confirm, exact: true })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Waits until the newest run of a title is done. */
async function isDone(title: RegExp): Promise<void> {
  const newest = page
    .getByRole('main')
    .getByRole('link', { name: title })
    .first();
  await expect(newest).toBeVisible();
  await expect(page.getByText('Under way')).toHaveCount(0, { timeout: RUN_MS });
}

async function isIn(state: string): Promise<void> {
  await expect(
    page.getByRole('main').getByText(state, { exact: true }).first(),
  ).toBeVisible({ timeout: RUN_MS });
}

test('comes with a service that writes and reads a row in it', async ({
  portal,
}) => {
  await page.goto(`${portal.url}/create`);
  await page
    .getByRole('button', {
      name: 'Choose Node.js service with PostgreSQL',
      exact: true,
    })
    .click();
  await page.getByLabel(/^Name/).fill('notes');
  await page.getByLabel(/^Description/).fill('Keeps notes');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect
    .poll(
      async () => (await ask(url, '/ready').catch(() => undefined))?.status,
      {
        timeout: 150_000,
        intervals: [200],
      },
    )
    .toBe(200);
  expect((await post(url, '/notes', { text: 'kept' })).status).toBe(201);
  expect((await ask(url, '/notes')).body).toContain('kept');
});

test('is shown with whoever uses it', async ({ portal }) => {
  await page.goto(`${portal.url}/resources`);
  await page.getByRole('link', { name: 'notes.db' }).first().click();
  await isIn('ready');
  await expect(
    page.getByRole('main').getByRole('link', { name: 'notes' }).first(),
  ).toBeVisible();
  await expectAccessible(page);
  const found = await askServer<{ datname: string }>(
    portal,
    `SELECT datname FROM pg_database WHERE datname LIKE 'notes_db_%'`,
  );
  expect(found).toHaveLength(1);
  database = found[0].datname;
});

test('is given new credentials without a failed request', async ({
  portal,
}) => {
  const loginsOf = async () =>
    (
      await askServer<{ rolname: string }>(
        portal,
        `SELECT rolname FROM pg_roles WHERE rolname ~ '^${database}_[ab]$' AND rolcanlogin`,
      )
    ).map(({ rolname }) => rolname);
  const before = await loginsOf();
  expect(before).toHaveLength(1);
  const traffic = new Traffic(url, '/notes');
  await perform('Rotate credentials', 'Rotate');
  await isDone(/^Rotate the credentials of postgres notes\.db in dev/);
  await expect.poll(loginsOf, { timeout: RUN_MS }).not.toEqual(before);
  await expect.poll(async () => (await loginsOf()).length).toBe(1);
  const { count } = traffic;
  await expect.poll(() => traffic.count).toBeGreaterThan(count + 25);
  await traffic.stop();
  expect(traffic.count).toBeGreaterThan(50);
  expect(traffic.failures).toEqual([]);
  expect((await ask(url, '/notes')).body).toContain('kept');
});

test('that somebody changed by hand is found, and set right', async ({
  portal,
}) => {
  const limitOf = async () =>
    (
      await askServer<{ datconnlimit: number }>(
        portal,
        `SELECT datconnlimit FROM pg_database WHERE datname = '${database}'`,
      )
    )[0].datconnlimit;
  const before = await limitOf();
  await askServer(portal, `ALTER DATABASE ${database} CONNECTION LIMIT 3`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Check for drift now' }).click();
  await expect(
    page.getByText('Somebody changed it without the platform.'),
  ).toBeVisible({ timeout: RUN_MS });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reconcile', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Reconcile', exact: true })
    .click();
  await expect(
    page.getByText('Somebody changed it without the platform.'),
  ).toHaveCount(0, { timeout: RUN_MS });
  expect(await limitOf()).toBe(before);
});

test('is destroyed together with what uses it, and only then', async () => {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Destroy' }).click();
  const dialog = page.getByRole('dialog');
  const destroy = dialog.getByRole('button', { name: 'Destroy', exact: true });
  await expect(dialog.getByText(/In use in dev by/)).toBeVisible();
  await expect(destroy).toBeDisabled();
  await dialog.getByText('These go too, in dev').click();
  await destroy.click();
  await isIn('deleted');
  await expect
    .poll(async () => (await ask(url, '/notes')).status)
    .not.toBe(200);
});

test('comes back with its rows', async ({ portal }) => {
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Restore', exact: true })
    .click();
  await isIn('ready');
  await page.getByRole('button', { name: 'Reveal', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Reveal', exact: true })
    .click();
  const credentials = await page
    .getByText(/^postgresql:\/\/\S+$/)
    .first()
    .innerText();
  expect(new URL(credentials).port).toBe(String(portal.workloadPostgres.port));
  expect(await askServer(credentials, 'SELECT text FROM notes')).toEqual([
    { text: 'kept' },
  ]);
});

test('is gone for good once it is destroyed and purged', async ({ portal }) => {
  await perform('Destroy', 'Destroy');
  await isIn('deleted');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Purge now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Type notes\.db to confirm/).fill('notes.db');
  await dialog.getByRole('button', { name: 'Purge', exact: true }).click();
  await isIn('destroyed');
  const left = await askServer(
    portal,
    `SELECT datname AS name FROM pg_database WHERE datname LIKE '%${database.split('_').at(-1)}%'
     UNION SELECT rolname FROM pg_roles WHERE rolname LIKE '${database}%'`,
  );
  expect(left).toEqual([]);
});
