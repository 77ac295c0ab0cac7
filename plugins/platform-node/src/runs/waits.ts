import type { JsonObject } from '@backstage/types';
import type { ApproverQuery } from './approvers';

/** What a step wants to wait for. */
export type WaitRequest =
  | {
      kind: 'approval';
      reason: string;
      approvers: ApproverQuery[];
      quorum: number;
      expiresInMs: number;
    }
  | { kind: 'event'; reason: string; key: string; timeoutMs: number }
  | { kind: 'time'; reason: string; until: Date }
  | { kind: 'callback'; reason: string; id: string };

/**
 * Returned by a step instead of an output: the step then waits, and no worker is held. When the wait is over the step is
 * executed again, with `resumed` in its context.
 */
export class Wait {
  constructor(readonly request: WaitRequest) {}
}

/** How a wait of a step ended. A rejected or expired approval fails the step and is not seen here. */
export interface WaitResult {
  outcome: 'resumed' | 'expired';
  /** What came with the event or callback. */
  payload?: JsonObject;
}

/** A callback URL and the wait that it ends. */
export interface Callback {
  /** Where the other system posts its JSON, once, before it expires. */
  url: string;
  wait: Wait;
}

/** Waits until people have approved. `expiresInMs` left out: seven days; `quorum`: one. */
export function waitForApproval(options: {
  reason: string;
  approvers: ApproverQuery[];
  quorum?: number;
  expiresInMs?: number;
}): Wait {
  return new Wait({
    quorum: 1,
    expiresInMs: 7 * 24 * 60 * 60_000,
    ...options,
    kind: 'approval',
  });
}

/**
 * Waits for an event of this key, which may have come already. When it doesn't come within `timeoutMs`, the step is
 * executed with the outcome `expired`.
 */
export function waitForEvent(options: {
  key: string;
  reason: string;
  timeoutMs: number;
}): Wait {
  return new Wait({ kind: 'event', ...options });
}

/** Waits until a point in time. */
export function waitUntil(until: Date, reason: string): Wait {
  return new Wait({ kind: 'time', until, reason });
}

/** The key of the event that says that a run has ended; its payload is `{ state }`. */
export function runEndedEvent(runId: string): string {
  return `run-ended:${runId}`;
}
