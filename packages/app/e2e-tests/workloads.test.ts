import { type BrowserContext, expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { signIn, test } from './support/portal';
import { ask } from './support/serviceTraffic';

/** What isn't a service that answers requests with code of its own, from the wizard to where it runs. */
test.describe.configure({ mode: 'serial' });

/** A pipeline and a deployment, on a busy machine. */
const CREATE_MS = 150_000;

let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser, portal }) => {
  context = await browser.newContext();
  page = await context.newPage();
  await signIn(page, portal, 'mara');
});

test.afterAll(async () => {
  await context?.close();
});

/** Fills in the first page of a golden path. */
async function begin(portalUrl: string, template: string, name: string) {
  await page.goto(`${portalUrl}/create/templates/default/${template}`);
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill(`Is the ${name} of the tests`);
}

async function create(): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(
    page.getByRole('link', { name: /See its deployment/ }),
  ).toBeVisible({ timeout: CREATE_MS });
}

/** The card of the development environment, once something serves there. */
async function development(portalUrl: string, name: string) {
  await page.goto(`${portalUrl}/catalog/default/component/${name}/delivery`);
  const card = page.getByRole('article', { name: 'Development' });
  await expect(card.getByRole('link', { name: 'v1' })).toBeVisible({
    timeout: 60_000,
  });
  return card;
}

test('a web site is served, and kept where its names tell its content', async ({
  portal,
}) => {
  await begin(portal.url, 'static-site', 'handbook');
  await create();
  const url = `http://handbook-dev.localhost:${portal.routerPort}`;
  await expect(
    page.getByRole('link', { name: /Open the site/ }),
  ).toHaveAttribute('href', new RegExp(url));
  const { status, body } = await ask(url, '/');
  expect([status, body]).toEqual([
    200,
    expect.stringContaining('<h1>handbook'),
  ]);
  const [asset] = /\/assets\/styles-\w+\.css/.exec(body) ?? [''];
  expect((await ask(url, asset)).status).toBe(200);

  const card = await development(portal.url, 'handbook');
  await expect(card.getByText('healthy', { exact: true })).toBeVisible();
  await expect(
    card.getByRole('link', { name: 'Open handbook in Development' }),
  ).toBeVisible();
});

test('a worker runs, and has nothing to open', async ({ portal }) => {
  await begin(portal.url, 'background-worker', 'mailer');
  await create();
  await expect(page.getByRole('link', { name: /^Open/ })).toHaveCount(0);

  const card = await development(portal.url, 'mailer');
  await expect(card.getByText('healthy', { exact: true })).toBeVisible();
  await expect(card.getByText(/it takes no requests/)).toBeVisible();
  await expect(card.getByRole('link', { name: /^Open/ })).toHaveCount(0);
  const { status, body } = await ask(
    `http://mailer-dev.localhost:${portal.routerPort}`,
    '/health',
  );
  expect([status, body]).toEqual([
    404,
    expect.stringContaining('mailer-dev takes no requests'),
  ]);
});

test('a job says when it runs, and what became of that', async ({ portal }) => {
  await begin(portal.url, 'scheduled-job', 'nightly');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel(/^Schedule/).fill('* * * * *');
  await page.getByLabel(/^Time zone/).fill('Europe/Berlin');
  await create();

  const card = await development(portal.url, 'nightly');
  await expect(card.getByText('healthy', { exact: true })).toBeVisible();
  await expect(card.getByText(/^Runs/)).toHaveText(
    /^Runs \* \* \* \* \* \(Europe\/Berlin\), next in /,
  );
  await expect(
    card.getByText(/^The last run, .* exited with code 0 after /),
  ).toBeVisible({ timeout: 90_000 });
  await expect(card.getByRole('link', { name: /^Open/ })).toHaveCount(0);
  await expectAccessible(page);
});
