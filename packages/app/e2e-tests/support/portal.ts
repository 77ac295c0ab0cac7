import { test as base, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Portal } from '../../../../scripts/lib/Portal.mjs';
import { useOwnOrganisation } from './organisation';

/** A real portal on free ports and in a folder of its own, started once and shared by all files: names in it are taken by those before. */
export const test = base.extend<object, { portal: Portal }>({
  portal: [
    // Playwright reads a fixture's dependencies from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-e2e-'));
      await useOwnOrganisation(dataDir);
      const portal = new Portal({ dataDir, volatile: true });
      await portal.claim();
      await portal.start();
      await use(portal);
      await portal.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

/** The generated password of a person. */
export function passwordOf(portal: Portal, user: string): string {
  const line = portal.passwordLines.find(text => text.startsWith(`${user} `));
  if (!line) {
    throw new Error(`There is no password for ${user}.`);
  }
  return line.trim().split(/\s+/)[1];
}

/** Signs a person in through the page. */
export async function signIn(
  page: Page,
  portal: Portal,
  user: string,
): Promise<void> {
  await page.goto(portal.url);
  await page.getByLabel('User name').fill(user);
  await page
    .getByLabel('Password', { exact: true })
    .fill(passwordOf(portal, user));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('User name').waitFor({ state: 'detached' });
}
