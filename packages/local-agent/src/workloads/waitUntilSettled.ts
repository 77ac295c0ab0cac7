import { setTimeout as delay } from 'node:timers/promises';
import type { ManagedProcess } from '../processes/ManagedProcess';
import type { Endpoint } from './types';
import type { Readiness } from './waitUntilReady';

/** What says nothing of itself is ready when it has run for a moment: most that can't run end at once. */
export async function waitUntilSettled(options: {
  process: ManagedProcess;
  label: string;
  endpoint: Endpoint;
  settleMs: number;
  signal: AbortSignal;
}): Promise<Readiness> {
  const { process, label, endpoint, settleMs, signal } = options;
  const settled = delay(settleMs, undefined, { signal }).then(
    () => ({ kind: 'ready', endpoint }) as const,
    () =>
      ({
        kind: 'failed',
        failure: { message: `The start of ${label} was called off.` },
      }) as const,
  );
  return Promise.race([
    process.exited.then(exit => ({ kind: 'exited', exit }) as const),
    settled,
  ]);
}
