import type { OperationContext } from '../context';
import type { WorkloadRef } from './Runtime';

/** What the requests to one instance were like, counted since the runtime began to count; where it began anew, from 0. */
export interface InstanceSignals {
  requests: number;
  /** Answers of 500 and above, and requests that it did not answer. */
  errors: number;
  /** Requests by duration: each bucket counts those of at most `leMs` that are in no smaller one; the last has no limit. */
  buckets: Array<{ leMs?: number; count: number }>;
}

/** A request that is made of one instance, past everybody's traffic. */
export interface ProbeRequest {
  method: 'GET' | 'HEAD' | 'POST';
  /** Begins with `/`. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

/** What an instance answered. */
export interface ProbeAnswer {
  status: number;
  /** The first 64 KiB, as UTF-8. */
  body: string;
  durationMs: number;
}

/** What a runtime can do so that a release takes over bit by bit, and is looked at while it does. */
export interface Traffic {
  /**
   * Sends so many percent (0 to 100) of new requests to an instance that is ready, and the others to the one that serves. The one that serves
   * stays the one that serves; 0 gives it everything back. Idempotent; resolves when it is so.
   */
  shiftTraffic(
    ref: WorkloadRef,
    share: { instanceId: string; percent: number },
    context: OperationContext,
  ): Promise<void>;

  /** What the requests to an instance were like; all zero where it got none. Throws `NotFoundError` where there is no such instance. */
  signals(ref: WorkloadRef, instanceId: string): Promise<InstanceSignals>;

  /**
   * Makes a request of an instance that is ready, whether it has traffic or not; not counted in its signals. Throws `OperationFailedError`
   * where it does not answer in time, or closes the connection.
   */
  probe(
    ref: WorkloadRef,
    instanceId: string,
    request: ProbeRequest,
    signal: AbortSignal,
  ): Promise<ProbeAnswer>;
}
