import { ServiceUnavailableError } from '@backstage/errors';
import {
  OperationFailedError,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';

/** How long one act of a provider may take where the provider doesn't say, in milliseconds. */
const ACT_MS = 5 * 60_000;

function patienceWith(provider: ResourceProvider): number {
  return provider.timeoutMs ?? ACT_MS;
}

/** How long to wait for a provider, and when to stop waiting. */
export interface Patience {
  /** In milliseconds. Left out: as long as an act of the provider may take. */
  patienceMs?: number;
  signal?: AbortSignal;
}

/**
 * Asks a provider something, and goes on without it where it takes too long or the signal aborts, whether it listens to the signal or not.
 * Throws `ServiceUnavailableError` where it took too long.
 *
 * @param what - what it is asked to do: `plan`
 */
export function askProvider<T>(
  provider: ResourceProvider,
  what: string,
  { patienceMs = patienceWith(provider), signal }: Patience,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return bounded(patienceMs, signal, ask, () => {
    throw new ServiceUnavailableError(
      `The provider ${provider.name} did not ${what} within ${inWords(patienceMs)}, and was left alone. Try again in a moment; if it happens again, ask the platform team whether what it talks to is well.`,
    );
  });
}

/**
 * Lets a provider change something, and stops waiting for it in the same way. Throws `OperationFailedError` where it took too long.
 *
 * @param what - what it does: `create postgres orders.db in dev`
 */
export function letProviderAct<T>(
  provider: ResourceProvider,
  what: string,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const patienceMs = patienceWith(provider);
  return bounded(patienceMs, signal, act, () => {
    throw new OperationFailedError({
      message: `The provider ${provider.name} did not ${what} within ${inWords(patienceMs)}, and was stopped.`,
      hint: 'Retry it: it goes on from where it was. If it happens again, ask the platform team whether what the provider talks to is well.',
    });
  });
}

async function bounded<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  tooLate: () => never,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort(new Error('It took too long.'));
  }, milliseconds);
  signal?.addEventListener('abort', stop, { once: true });
  const aborted = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener(
      'abort',
      () => reject(controller.signal.reason),
      { once: true },
    );
  });
  try {
    return await Promise.race([work(controller.signal), aborted]);
  } catch (error) {
    if (late) {
      tooLate();
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function inWords(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  return seconds < 120 ? `${seconds} s` : `${seconds / 60} minutes`;
}
