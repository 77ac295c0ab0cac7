import { setTimeout as delay } from 'node:timers/promises';

/** How long a database may be away until a state is left to the next attempt. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 1_000;

/** Tries to store a state until it is stored, or time is up. Answers whether it is. */
export async function storeInTime(
  store: () => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!signal.aborted && Date.now() < deadline) {
    try {
      await store();
      return true;
    } catch {
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}
