import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { signIn, test } from './support/portal';

/** Every page of Slipway's own, at both widths: it shows what it is for, and axe finds nothing wrong with it. */
const pages: Array<{ path: string; shows: RegExp }> = [
  { path: '/', shows: /My services/ },
  { path: '/create', shows: /Node\.js service/ },
  { path: '/create/templates/default/nodejs-service', shows: /Description/ },
  { path: '/runs', shows: /Everything asked of the platform/ },
  { path: '/runs?state=people&who=teams', shows: /No run matches/ },
  { path: '/approvals', shows: /Nothing waits for you/ },
  { path: '/approvals/open', shows: /Nothing waits for approval/ },
  { path: '/approvals/decided', shows: /Nothing was decided yet|Newest first/ },
  { path: '/environments', shows: /Development/ },
  { path: '/environments/definitions', shows: /Definitions as read/ },
  { path: '/resources', shows: /Resources of my teams/ },
  { path: '/resources?who=all&needs=drifted', shows: /No resource matches/ },
  { path: '/ownership', shows: /Biggest gaps/ },
  { path: '/ownership?q=pay', shows: /Who owns what/ },
  { path: '/ownership/work-items', shows: /The gravest first/ },
  { path: '/ownership/teams', shows: /Payments/ },
  { path: '/ownership/teams/default/payments', shows: /Mara Lindqvist/ },
  { path: '/ownership/on-call', shows: /Europe/ },
  { path: '/ownership/transfers?state=all', shows: /Newest first/ },
  { path: '/ownership/leavers', shows: /Latest first/ },
  { path: '/ownership/imports', shows: /Bring existing services in/ },
  { path: '/insights/waits', shows: /No run has ended|waited for people/i },
  { path: '/repositories', shows: /Repositories/ },
  { path: '/settings/password', shows: /password/i },
];

for (const width of [1280, 390]) {
  test(`pages pass axe at ${width} px`, async ({ browser, portal }) => {
    const context = await browser.newContext({
      viewport: { width, height: 860 },
    });
    const page = await context.newPage();
    await page.goto(portal.url);
    await page.getByLabel('User name').waitFor();
    await expectAccessible(page);
    await signIn(page, portal, 'idris');
    for (const { path, shows } of pages) {
      await page.goto(`${portal.url}${path}`);
      await expect(
        page.getByRole('main').getByText(shows).first(),
      ).toBeVisible();
      await expectAccessible(page);
    }
    await context.close();
  });
}
