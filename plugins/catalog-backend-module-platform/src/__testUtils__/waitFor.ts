import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when a condition holds; throws when it doesn't for too long. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > until) {
      throw new Error('Waited too long for a condition');
    }
    await delay(10);
  }
}
