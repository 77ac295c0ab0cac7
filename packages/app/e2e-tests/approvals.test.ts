import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { git, withToken } from './support/git';
import { signIn, test } from './support/portal';
import { ask } from './support/serviceTraffic';

/**
 * A deployment to production, which a second person of the owning team has to agree to: Mara asks, Idris decides. One
 * story, because each part starts where the one before ended.
 */
test.describe.configure({ mode: 'serial' });

const COMMENT = 'Checked in staging.';
const OBJECTION = 'Not on a Friday.';

let contexts: BrowserContext[];
let mara: Page;
let idris: Page;
let folder: string;

test.beforeAll(async ({ browser, portal }) => {
  contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  [mara, idris] = await Promise.all(contexts.map(each => each.newPage()));
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-approvals-'));
  await signIn(mara, portal, 'mara');
  await signIn(idris, portal, 'idris');
});

test.afterAll(async () => {
  await Promise.all((contexts ?? []).map(each => each.close()));
  await rm(folder, { recursive: true, force: true });
});

/** Passes axe on a page at both widths. */
async function expectAccessibleAtBothWidths(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
}

/** Brings what serves in dev to staging and asks for production. */
async function askForProduction(portalUrl: string, version: string) {
  await mara.goto(`${portalUrl}/catalog/default/component/ledger/delivery`);
  const inDev = mara.getByRole('article', { name: 'Development' });
  await expect(inDev.getByText(version, { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await mara.getByRole('button', { name: 'Promote to staging' }).click();
  const dialog = mara.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Promote to staging' }).click();
  const inStaging = mara.getByRole('article', { name: 'Staging' });
  await expect(inStaging.getByText(version, { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await mara.getByRole('button', { name: 'Promote to prod' }).click();
  await expect(
    dialog.getByText('Waits for a second person of Payments first'),
  ).toBeVisible();
  await expect(dialog.getByText(/Production is protected/)).toBeVisible();
  await expectAccessible(mara);
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  const inProduction = mara.getByRole('article', { name: 'Production' });
  await expect(inProduction.getByText('waiting for approval')).toBeVisible();
  return inProduction;
}

test('says before the click that a second person must approve, and then waits', async ({
  portal,
}) => {
  await mara.goto(`${portal.url}/create/templates/default/nodejs-service`);
  await mara.getByLabel(/^Name/).fill('ledger');
  await mara.getByLabel(/^Description/).fill('Keeps the books');
  await mara.getByRole('button', { name: 'Review' }).click();
  await mara.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    mara.getByRole('link', { name: /Open the service/ }),
  ).toBeVisible({ timeout: 90_000 });

  const inProduction = await askForProduction(portal.url, 'v1');
  await expect(inProduction.getByText('Nothing runs here yet.')).toBeVisible();
  await inProduction.getByRole('link', { name: /^Deploy ledger v1/ }).click();
  await expect(
    mara.getByText(/Mara Lindqvist waits for a second person of Payments/),
  ).toBeVisible();
  await expectAccessibleAtBothWidths(mara);
});

test('does not let those who ask approve', async ({ portal }) => {
  await expect(mara.getByText(/You asked for this/)).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await mara.goto(`${portal.url}/approvals`);
  await expect(mara.getByText('Nothing waits for you')).toBeVisible();
  await mara.getByRole('link', { name: 'All that wait' }).click();
  await expect(
    mara.getByRole('link', { name: /^Deploy ledger v1/ }),
  ).toBeVisible();
});

test('notifies a second person, who approves with a comment', async ({
  portal,
}) => {
  const inbox = idris
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Approvals/ });
  await expect(inbox).toHaveText(/1 waiting for you/);
  await idris.goto(portal.url);
  await expect(
    idris
      .getByRole('region', { name: 'Waiting for you' })
      .getByText('asked by Mara Lindqvist'),
  ).toBeVisible();
  await expectAccessibleAtBothWidths(idris);

  await inbox.click();
  await expectAccessibleAtBothWidths(idris);
  await idris.getByRole('link', { name: /^Notifications/ }).click();
  await idris
    .getByRole('main')
    .getByRole('link', { name: /ledger v1/ })
    .first()
    .click();
  await expect(idris.getByRole('article', { name: 'Plan' })).toContainText(
    'ledger in prod',
  );
  await expect(
    idris.getByText(/Mara Lindqvist waits for a second person of Payments/),
  ).toBeVisible();
  await expectAccessibleAtBothWidths(idris);
  await idris.getByLabel(/^Comment/).fill(COMMENT);
  await idris.getByRole('button', { name: 'Approve' }).click();
  await expect(idris.getByText('It was approved')).toBeVisible();
  await expect(inbox).toHaveText('Approvals');
});

test('then deploys, and keeps who waited for whom', async ({ portal }) => {
  await idris.getByRole('link', { name: 'Open the run' }).click();
  await expect(idris.getByText('done').first()).toBeVisible({
    timeout: 60_000,
  });
  const { body } = await ask(
    `http://ledger-prod.localhost:${portal.routerPort}`,
  );
  expect(body).toContain('ledger');
  const time = idris.getByRole('article', { name: 'Where the time went' });
  await expect(
    time.getByText(/Mara Lindqvist waited for a second person of Payments/),
  ).toBeVisible();
  await expect(time.getByText(/Idris Okafor approved it/)).toBeVisible();
  await expect(time.getByText(COMMENT)).toBeVisible();
  await expectAccessibleAtBothWidths(idris);

  await idris.goto(`${portal.url}/insights/waits?by=environment`);
  const row = idris.getByRole('row', { name: /^prod/ });
  await expect(row.getByRole('cell', { name: '0 %' })).toBeVisible();
  await expectAccessibleAtBothWidths(idris);
});

test('leaves everything as it is when the second person rejects', async ({
  portal,
}) => {
  await mara.goto(`${portal.url}/settings/access-tokens`);
  await mara.getByRole('button', { name: 'Create token' }).click();
  const dialog = mara.getByRole('dialog');
  await dialog.getByLabel('Name').fill('laptop');
  await dialog.getByRole('button', { name: /^Create/ }).click();
  const token = await mara.getByLabel('Token', { exact: true }).inputValue();
  const url = withToken(`${portal.url}/git/ledger.git`, 'mara', token);
  await git(folder, 'clone', url, 'ledger');
  const clone = path.join(folder, 'ledger');
  const readme = path.join(clone, 'README.md');
  await writeFile(readme, `${await readFile(readme, 'utf8')}\nMore.\n`);
  await git(clone, 'commit', '--all', '--message', 'Say more');
  await git(clone, 'push');

  const inProduction = await askForProduction(portal.url, 'v2');
  await expect(inProduction.getByText('v1', { exact: true })).toBeVisible();
  await idris.goto(`${portal.url}/approvals`);
  await idris.getByRole('link', { name: /^Review Deploy ledger v2/ }).click();
  await idris.getByLabel(/^Comment/).fill(OBJECTION);
  await idris.getByRole('button', { name: 'Reject' }).click();
  await expect(idris.getByText('It was rejected')).toBeVisible();

  await expect(inProduction.getByText(OBJECTION)).toBeVisible();
  await expect(inProduction.getByText(/v1 goes on serving/)).toBeVisible();
  await expectAccessible(mara);
  await inProduction.getByRole('link', { name: 'Open the run' }).click();
  await expect(
    mara.getByText('rejected', { exact: true }).first(),
  ).toBeVisible();
  await expect(mara.getByText(/Idris Okafor rejected it/)).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Retry' })).toBeVisible();
});
