import { chromium } from '@playwright/test';
import { findChromium } from '../../lib/machine.mjs';
import { median, round } from './statistics.mjs';

/**
 * Opens a page in Chromium with an empty cache, five times: how long until its first content is painted and it is
 * quiet, in seconds, and how much travelled, in kilobytes (10^3 bytes).
 *
 * @param {string} url
 */
export async function measureFirstLoad(url) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    const loads = [];
    for (let count = 0; count < 5; count += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const started = performance.now();
      await page.goto(url);
      await page.locator('input, main, button').first().waitFor();
      const seconds = (performance.now() - started) / 1000;
      const bytes = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .reduce((sum, entry) => sum + entry.transferSize, 0),
      );
      loads.push({ seconds, bytes });
      await context.close();
    }
    return {
      firstLoadSeconds: round(median(loads.map(each => each.seconds))),
      firstLoadKilobytes: Math.round(loads[0].bytes / 1000),
    };
  } finally {
    await browser.close();
  }
}
