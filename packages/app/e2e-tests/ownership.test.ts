import { type BrowserContext, expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { signIn, test } from './support/portal';

/**
 * Who owns it: a service is found, goes to another team that accepts it, and comes back. One story, because each part starts where the one
 * before ended.
 */
test.describe.configure({ mode: 'serial' });

let contexts: BrowserContext[] = [];
/** Of payments, and of logistics. */
let mara: Page;
let noor: Page;

test.beforeAll(async ({ browser, portal }) => {
  contexts = [await browser.newContext(), await browser.newContext()];
  [mara, noor] = await Promise.all(contexts.map(each => each.newPage()));
  await signIn(mara, portal, 'mara');
  await signIn(noor, portal, 'noor');
});

test.afterAll(async () => {
  await Promise.all(contexts.map(each => each.close()));
});

async function expectAccessibleAtBothWidths(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
}

test('who owns a service is found by its name', async ({ portal }) => {
  await mara.goto(`${portal.url}/create/templates/default/nodejs-service`);
  await mara.getByLabel(/^Name/).fill('parcels');
  await mara.getByLabel(/^Description/).fill('Knows where parcels are');
  await mara.getByRole('button', { name: 'Review' }).click();
  await mara.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    mara.getByRole('link', { name: /Open the service/ }),
  ).toBeVisible({ timeout: 90_000 });

  await noor.goto(`${portal.url}/ownership`);
  await noor.getByLabel('Who owns …').fill('parc');
  const row = noor.getByRole('row', { name: /parcels/ });
  await expect(row.getByRole('link', { name: 'Payments' })).toBeVisible();
  await expectAccessibleAtBothWidths(noor);
});

test('its page says who owns it, and who is on call', async ({ portal }) => {
  await mara.goto(`${portal.url}/catalog/default/component/parcels/ownership`);
  const main = mara.getByRole('main');
  await expect(main.getByText('known from its entity file')).toBeVisible();
  await expect(
    main.getByRole('row', { name: /its entity file/ }),
  ).toBeVisible();
  await expectAccessibleAtBothWidths(mara);
});

test('it is offered to a team that has to accept', async ({ portal }) => {
  await mara.getByRole('link', { name: 'Offer to another team' }).click();
  await mara.getByRole('button', { name: /option To/ }).click();
  await mara.getByRole('option', { name: 'Logistics' }).click();
  await mara.getByLabel(/^Why/).fill('Logistics knows where parcels are.');
  await expectAccessibleAtBothWidths(mara);
  await mara.getByRole('button', { name: 'Offer', exact: true }).click();
  await expect(
    mara.getByText('waits for an answer', { exact: true }),
  ).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Accept' })).toHaveCount(0);

  await noor.goto(`${portal.url}/ownership/transfers`);
  await noor.getByRole('link', { name: 'parcels' }).click();
  await noor.getByRole('button', { name: 'Accept' }).click();
  await noor
    .getByRole('dialog')
    .getByRole('button', { name: 'Accept' })
    .click();
});

test('a run moves it, and says every place it changed', async ({ portal }) => {
  await expect(noor.getByText('done', { exact: true })).toBeVisible({
    timeout: 90_000,
  });
  for (const place of [
    'repository parcels: logistics may push and review, payments no more.',
    'service parcels: logistics deploys it, and has its configuration and secrets.',
    'catalog-info.yaml of parcels: changed by merge request !1.',
  ]) {
    await expect(noor.getByText(place)).toBeVisible();
  }
  await expectAccessibleAtBothWidths(noor);
  await noor.goto(`${portal.url}/ownership/teams/default/logistics`);
  await expect(noor.getByRole('row', { name: /parcels/ })).toBeVisible();
  await expectAccessibleAtBothWidths(noor);
  await noor.goto(`${portal.url}/catalog/default/component/parcels/timeline`);
  const change = noor.getByRole('listitem').filter({ hasText: 'owner' });
  await expect(change.first()).toContainText('payments');
  await expect(change.first()).toContainText('logistics');
});

test('it can be taken back', async ({ portal }) => {
  await mara.goto(`${portal.url}/ownership/transfers?state=all`);
  await mara.getByRole('link', { name: 'parcels' }).click();
  await mara.getByRole('button', { name: 'Undo' }).click();
  await mara.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(mara.getByText('taken back', { exact: true })).toBeVisible({
    timeout: 90_000,
  });
  await mara.goto(`${portal.url}/catalog/default/component/parcels/ownership`);
  await expect(
    mara.getByRole('main').getByRole('link', { name: 'Payments' }).first(),
  ).toBeVisible();
});

test('every page about ownership passes axe', async ({ portal }) => {
  for (const [path, shows] of [
    ['/ownership', 'Owned by a living team'],
    ['/ownership/work-items', 'The gravest first'],
    ['/ownership/teams', 'Logistics'],
    ['/ownership/on-call', 'Europe/Lisbon'],
    ['/ownership/on-call/logistics', 'The next four weeks'],
    ['/catalog/default/component/parcels/blast-radius', 'Blast radius'],
  ]) {
    await mara.goto(`${portal.url}${path}`);
    await expect(mara.getByRole('main').getByText(shows).first()).toBeVisible();
    await expectAccessibleAtBothWidths(mara);
  }
});
