import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition, for at most 30 seconds. */
export async function until(
  what: string,
  condition: () => unknown,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`In vain waited until ${what}.`);
    }
    await delay(20);
  }
}
