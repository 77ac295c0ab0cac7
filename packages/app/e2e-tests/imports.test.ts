import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessibility';
import { signIn, test } from './support/portal';

/** Services that existed before join: Wei of the platform team imports a CSV, sees what is wrong with it, and writes the rest; then a folder. */
test.describe.configure({ mode: 'serial' });

const CSV = `name,kind,owner,system,description
parcel-api,,logistics,fulfilment,Tells where parcels are
label-printer,,logistics,fulfilment,Prints what is stuck on parcels
returns,,nobody-here,fulfilment,Takes parcels back
two words,,logistics,,This cannot be a name
`;

let context: BrowserContext;
let wei: Page;
let folder: string;

test.beforeAll(async ({ browser, portal }) => {
  context = await browser.newContext();
  wei = await context.newPage();
  await signIn(wei, portal, 'wei');
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-imports-'));
});

test.afterAll(async () => {
  await context.close();
  await rm(folder, { recursive: true, force: true });
});

async function expectAccessibleAtBothWidths(): Promise<void> {
  for (const width of [390, 1440]) {
    await wei.setViewportSize({ width, height: 900 });
    await expectAccessible(wei);
  }
}

test('a CSV is checked before anything is written', async ({ portal }) => {
  await wei.goto(`${portal.url}/ownership`);
  await wei.getByRole('link', { name: 'Import' }).click();
  await expect(wei.getByText('Nothing was imported yet')).toBeVisible();
  await expectAccessibleAtBothWidths();
  await wei.locator('input[type=file][accept]').setInputFiles({
    name: 'services.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(CSV),
  });
  await expect(wei.getByRole('row', { name: /returns/ })).toContainText(
    'is not in the catalog',
  );
  await expect(wei.getByRole('row', { name: /left out/ })).toContainText(
    'name: "two words" can\'t be one',
  );
  await expectAccessibleAtBothWidths();
  await wei.goto(`${portal.url}/ownership?q=parcel-api`);
  await expect(wei.getByRole('row', { name: /parcel-api/ })).toHaveCount(0);
  await wei.goBack();
});

test('once it is written, who owns what is found, and what is missing is a work item', async ({
  portal,
}) => {
  await wei.getByRole('button', { name: 'Write 3 entities' }).click();
  await wei
    .getByRole('dialog')
    .getByRole('button', { name: 'Write', exact: true })
    .click();
  await expect(wei.getByText('written', { exact: true })).toBeVisible();
  await wei.goto(`${portal.url}/ownership?q=parcel-api`);
  await expect(
    wei.getByRole('row', { name: /parcel-api.*Logistics/ }),
  ).toBeVisible({ timeout: 30_000 });
  await wei.goto(`${portal.url}/ownership/work-items?kind=orphan`);
  await expect(wei.getByRole('row', { name: /returns/ })).toBeVisible();
  await wei.goto(`${portal.url}/search?query=stuck`);
  await expect(wei.getByRole('link', { name: /label-printer/ })).toBeVisible();
});

test('the same again changes nothing, and it can be removed', async ({
  portal,
}) => {
  await wei.goto(`${portal.url}/ownership/imports`);
  await wei.locator('input[type=file][accept]').setInputFiles({
    name: 'again.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(CSV),
  });
  await expect(wei.getByRole('heading', { name: 'again.csv' })).toBeVisible();
  await expect(wei.getByRole('button', { name: /^Write/ })).toHaveCount(0);
  await wei.getByRole('link', { name: 'Imports' }).click();
  await wei.getByRole('link', { name: 'services.csv' }).click();
  await wei.getByRole('button', { name: 'Remove again' }).click();
  await wei
    .getByRole('dialog')
    .getByRole('button', { name: 'Remove', exact: true })
    .click();
  await expect(wei.getByText('removed again')).toBeVisible();
  await wei.goto(`${portal.url}/ownership?q=parcel-api`);
  await expect(wei.getByRole('row', { name: /parcel-api/ })).toHaveCount(0, {
    timeout: 30_000,
  });
});

test('a folder of repositories is read for who owns them', async ({
  portal,
}) => {
  const code = path.join(folder, 'code');
  await mkdir(path.join(code, 'pallets'), { recursive: true });
  await writeFile(
    path.join(code, 'pallets', 'CODEOWNERS'),
    '* @northwind/logistics\n',
  );
  await wei.goto(`${portal.url}/ownership/imports`);
  await wei.locator('input[type=file]:not([accept])').setInputFiles(code);
  const row = wei.getByRole('row', { name: /pallets/ });
  await expect(row).toContainText('pallets has no catalog-info.yaml.');
  await expect(row.getByRole('link', { name: 'Logistics' })).toBeVisible();
});
