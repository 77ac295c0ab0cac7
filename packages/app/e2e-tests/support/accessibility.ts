import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Expects that axe finds nothing wrong with what the page shows once nothing moves. */
export async function expectAccessible(page: Page): Promise<void> {
  let violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];
  do {
    await page.waitForFunction(isStill);
    ({ violations } = await new AxeBuilder({ page })
      // For a moment, what React Aria has just announced names a button that is gone by now.
      .exclude('[data-live-announcer]')
      .analyze());
    // A notification that came or went meanwhile was looked at while it was half transparent.
  } while (violations.length > 0 && !(await page.evaluate(isStill)));
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html }) => html.slice(0, 200)),
    })),
  ).toEqual([]);
}

/** Whether everything that comes or goes is there, or gone; what turns for ever, or as one scrolls, doesn't count. */
function isStill(): boolean {
  return document
    .getAnimations()
    .every(
      ({ playState, effect, timeline }) =>
        playState !== 'running' ||
        timeline !== document.timeline ||
        effect?.getComputedTiming().endTime === Infinity,
    );
}
