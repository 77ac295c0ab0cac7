import { InputError } from '@backstage/errors';
import type { ResourceDefinition } from '@slipway/plugin-platform-common';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The owner is warned a day before the end, or after three quarters of a shorter life. */
const WARNING_MS = DAY_MS;
const WARNING_SHARE = 1 / 4;

/** When a resource ends, and when its owner is warned; both missing where it lives for ever. */
export interface Lifetime {
  expiresAt?: Date;
  warnAt?: Date;
}

/**
 * How long a new resource lives, in milliseconds; `undefined`: for ever. One that a service's `score.yaml` names lives as long as it does.
 * Throws `InputError` where more is asked for than the definition lets.
 */
export function timeToLive(
  { name, timeToLive: limits }: ResourceDefinition,
  {
    timeToLiveMs: askedMs,
    service,
  }: { timeToLiveMs?: number; service?: string },
): number | undefined {
  if (limits && askedMs !== undefined && askedMs > limits.maximumMs) {
    throw new InputError(
      `timeToLiveMs: ${name} lets a resource live for ${inWords(limits.maximumMs)} at most, and ${inWords(askedMs)} were asked for.`,
    );
  }
  return askedMs ?? (service ? undefined : limits?.defaultMs);
}

/** The life that begins now and lasts so long. */
export function lifetimeFrom(now: Date, milliseconds?: number): Lifetime {
  return milliseconds === undefined
    ? {}
    : lifetimeUntil(now, new Date(now.getTime() + milliseconds));
}

/** The life that begins now and ends then. */
export function lifetimeUntil(now: Date, expiresAt: Date): Lifetime {
  const left = expiresAt.getTime() - now.getTime();
  const warning = Math.min(WARNING_MS, left * WARNING_SHARE);
  return { expiresAt, warnAt: new Date(expiresAt.getTime() - warning) };
}

/** `7 days`, `90 minutes`: in the largest unit that divides it. */
export function inWords(milliseconds: number): string {
  for (const [unit, size] of [
    ['day', DAY_MS],
    ['hour', HOUR_MS],
    ['minute', MINUTE_MS],
  ] as const) {
    if (milliseconds >= size && milliseconds % size === 0) {
      const count = milliseconds / size;
      return `${count} ${unit}${count === 1 ? '' : 's'}`;
    }
  }
  return `${milliseconds / 1_000} s`;
}
