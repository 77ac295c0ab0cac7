import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { git, withToken } from './support/git';
import { signIn, test } from './support/portal';
import { ask, Traffic } from './support/serviceTraffic';

/**
 * From a push to the next environment and back: checks that a release answers first, one that does worse and is taken back by itself, and
 * a rollback by hand. One story, because each part starts where the one before ended.
 */
test.describe.configure({ mode: 'serial' });

const DELIVERY = `apiVersion: slipway.dev/v1
kind: Delivery
spec:
  smokeChecks:
    - name: says hello
      request: { path: / }
      expect: { contains: Hello }
`;

let context: BrowserContext;
let page: Page;
let clone: string;
let folder: string;

test.beforeAll(async ({ browser, portal }) => {
  context = await browser.newContext();
  page = await context.newPage();
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-delivery-'));
  clone = path.join(folder, 'parcels');
  await signIn(page, portal, 'mara');
});

test.afterAll(async () => {
  await context?.close();
  await rm(folder, { recursive: true, force: true });
});

const card = (title: string) => page.getByRole('article', { name: title });

async function expectAccessibleAtBothWidths(): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
}

async function openDelivery(portalUrl: string): Promise<void> {
  await page.goto(`${portalUrl}/catalog/default/component/parcels/delivery`);
}

/** Waits until a version serves in an environment, and all is done there. */
async function serves(title: string, version: string): Promise<void> {
  await expect(
    card(title).getByRole('link', { name: version, exact: true }),
  ).toBeVisible({ timeout: 60_000 });
}

async function promoteToStaging(): Promise<void> {
  await page.getByRole('button', { name: 'Promote to staging' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Promote to staging' }).click();
  await expect(dialog).toBeHidden();
}

/** Changes what the service answers, and pushes it. */
async function push(from: string, to: string, message: string) {
  for (const file of ['src/app.js', 'test/app.test.js']) {
    const where = path.join(clone, file);
    const before = await readFile(where, 'utf8');
    await writeFile(where, before.replaceAll(from, to));
  }
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--message', message);
  await git(clone, 'push');
}

test('a release has to answer its smoke checks before it gets traffic', async ({
  portal,
}) => {
  await page.goto(`${portal.url}/create/templates/default/nodejs-service`);
  await page.getByLabel(/^Name/).fill('parcels');
  await page.getByLabel(/^Description/).fill('Follows parcels');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    page.getByRole('link', { name: /Open the service/ }),
  ).toBeVisible({ timeout: 90_000 });
  await page.goto(`${portal.url}/settings/access-tokens`);
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('parcels');
  await dialog.getByRole('button', { name: /^Create/ }).click();
  const token = await page.getByLabel('Token', { exact: true }).inputValue();
  const url = withToken(`${portal.url}/git/parcels.git`, 'mara', token);
  await git(folder, 'clone', url, 'parcels');

  await writeFile(path.join(clone, 'delivery.yaml'), DELIVERY);
  await push('Hello from', 'Howdy from', 'Say howdy');
  await openDelivery(portal.url);
  await expect(
    card('Development').getByText(
      /The smoke check "says hello" failed: GET \/ answered without "Hello"/,
    ),
  ).toBeVisible({ timeout: 60_000 });
  await serves('Development', 'v1');
  await push('Howdy from', 'Hello again from', 'Say hello again');
  await serves('Development', 'v3');
});

test('goes to the next environment, and is looked at there', async () => {
  await promoteToStaging();
  await serves('Staging', 'v3');
  await expectAccessibleAtBothWidths();
});

test('one that does worse than the one before is taken back by itself, and held', async ({
  portal,
}) => {
  // It answers the smoke check, and fails every other request after that.
  await push(
    "app.get('/', (request, response) => {",
    "let asked = 0;\n  app.get('/', (request, response) => {\n    asked += 1;\n    if (asked > 3 && asked % 2 === 0) throw new Error('Out of order');",
    'Count the requests',
  );
  await openDelivery(portal.url);
  await serves('Development', 'v4');
  const traffic = new Traffic(
    `http://parcels-staging.localhost:${portal.routerPort}`,
  );
  await promoteToStaging();
  await expect(
    card('Staging').getByText(
      /v4 was rolled back: \d+(\.\d)? % of \d+ requests failed/,
    ),
  ).toBeVisible({ timeout: 60_000 });
  await serves('Staging', 'v3');
  await traffic.stop();
  expect(traffic.failures.length).toBeGreaterThan(10);
  expect(new Set(traffic.failures)).toEqual(new Set(['answered 500']));
  await expect(
    page.getByText('v4 is held, so it is deployed nowhere'),
  ).toBeVisible();
  await expectAccessibleAtBothWidths();
  await page.getByRole('link', { name: /^Notifications/ }).click();
  await expect(
    page.getByText('parcels v4 was rolled back in staging: v3 serves again'),
  ).toBeVisible();
});

test('its page says how it did, and the hold is lifted with a reason', async ({
  portal,
}) => {
  await openDelivery(portal.url);
  await page.getByRole('link', { name: 'Show v4' }).click();
  await expect(page.getByRole('heading', { name: 'parcels v4' })).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Requests in staging' }),
  ).toContainText('v3');
  await expectAccessibleAtBothWidths();
  await page.getByRole('button', { name: 'Lift the hold' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Reason/).fill('Only for this test');
  await dialog.getByRole('button', { name: 'Lift the hold' }).click();
  await expect(page.getByText('v4 is held')).toHaveCount(0);
});

test('is rolled back by hand within seconds', async ({ portal }) => {
  await openDelivery(portal.url);
  await page.getByRole('button', { name: 'Roll back Development' }).click();
  const dialog = page.getByRole('dialog');
  const begun = Date.now();
  await dialog.getByRole('button', { name: 'Roll back to v3' }).click();
  await serves('Development', 'v3');
  expect(Date.now() - begun).toBeLessThan(15_000);
  const { body } = await ask(
    `http://parcels-dev.localhost:${portal.routerPort}`,
  );
  expect(body).toContain('Hello again from parcels');
});

test('is given a variable and a secret, and started once more with them', async ({
  portal,
}) => {
  await page.goto(
    `${portal.url}/catalog/default/component/parcels/configuration`,
  );
  await expect(page.getByText('Nothing is set here')).toBeVisible();
  const dialog = page.getByRole('dialog');
  for (const [name, value, kind] of [
    ['LOG_LEVEL', 'debug', 'Variable'],
    ['API_TOKEN', 'correct-horse', 'Secret'],
  ]) {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: /Kind/ }).click();
    await page.getByRole('option', { name: new RegExp(kind) }).click();
    await dialog.getByLabel('Value', { exact: true }).fill(value);
    await dialog.getByRole('button', { name: 'Add to the changes' }).click();
  }
  await expectAccessibleAtBothWidths();
  await page.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByLabel(/^Reason/).fill('Look closer');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('link', { name: 'c1' })).toBeVisible();
  await expect(page.getByText('correct-horse')).toHaveCount(0);
  await expectAccessibleAtBothWidths();
  await openDelivery(portal.url);
  await expect(
    page.getByText('configuration changed: Look closer'),
  ).toBeVisible({ timeout: 60_000 });
  await serves('Development', 'v3');
});

test('runs as two processes, is stopped, and comes back', async ({
  portal,
}) => {
  await openDelivery(portal.url);
  const development = card('Development');
  const choose = async (operation: string) => {
    await page.getByRole('button', { name: 'More for Development' }).click();
    await page.getByRole('menuitem', { name: operation }).click();
    return page.getByRole('dialog');
  };
  const scale = await choose('Scale');
  await scale.getByRole('textbox', { name: 'Replicas' }).fill('2');
  await page.keyboard.press('Tab');
  await expectAccessible(page);
  await scale.getByRole('button', { name: 'Scale' }).click();
  await expect(development.getByText('2 of 2 replicas ready')).toBeVisible({
    timeout: 30_000,
  });

  const stop = await choose('Stop');
  await stop.getByLabel('Reason').fill('nobody needs it now');
  await stop.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(
    development.getByText(/Mara stopped it \(nobody needs it now\)/i),
  ).toBeVisible({ timeout: 30_000 });
  const url = `http://parcels-dev.localhost:${portal.routerPort}`;
  const told = await ask(url);
  expect([told.status, told.body]).toEqual([
    503,
    expect.stringContaining('stopped it (nobody needs it now)'),
  ]);

  await development.getByRole('button', { name: 'Start Development' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Start', exact: true })
    .click();
  await expect(development.getByText('2 of 2 replicas ready')).toBeVisible({
    timeout: 30_000,
  });
  expect((await ask(url)).status).toBe(200);
});

test('all of it stands on the deliveries page', async ({ portal }) => {
  await page.goto(`${portal.url}/deliveries?who=mine`);
  const rows = page.getByRole('row', { name: /parcels/ });
  await expect(rows.first()).toContainText('configuration changed');
  await expect(rows.filter({ hasText: 'rolled back' })).not.toHaveCount(0);
  await expectAccessibleAtBothWidths();
});
