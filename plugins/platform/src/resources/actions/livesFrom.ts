import type { Resource, ResourceOffer } from '@slipway/plugin-platform-common';

const DAY_MS = 24 * 3_600_000;
/** Where the definition says nothing of it any more. */
const DEFAULT_MS = 7 * DAY_MS;
const DAYS = [1, 3, 7, 14, 30, 90, 365];
/** What is won at least by extending, as a share of the new life, and in milliseconds: less helps nobody. */
const LEAST_SHARE = 1 / 10;
const LEAST_MS = 3_600_000;
/** The server's clock may be a little behind the reader's, and refuses what is a moment too late. */
const CLOCK_SKEW_MS = 60_000;

/** The lives, counted from now, that a resource can be given: each clearly later than its expiry, none longer than its definition allows. */
export interface Lives {
  /** In milliseconds, the shortest first; none where it can't be extended. */
  lengths: number[];
  /** What its definition gives to a new one, or the longest where that is no later. */
  proposed?: number;
}

/**
 * How long a resource can be let live from a moment on.
 *
 * @param now - in milliseconds since 1970
 */
export function livesFrom(
  now: number,
  { expiresAt }: Pick<Resource, 'expiresAt'>,
  timeToLive: ResourceOffer['timeToLive'],
): Lives {
  const { defaultMs = DEFAULT_MS, maximumMs = Infinity } = timeToLive ?? {};
  const left = expiresAt === undefined ? 0 : Date.parse(expiresAt) - now;
  const lengths = [...DAYS.map(days => days * DAY_MS), defaultMs, maximumMs]
    .filter(
      length =>
        Number.isFinite(length) &&
        length <= maximumMs &&
        length - left > Math.min(LEAST_MS, length * LEAST_SHARE),
    )
    .sort((a, b) => a - b);
  return {
    lengths: [...new Set(lengths)],
    proposed: lengths.includes(defaultMs) ? defaultMs : lengths.at(-1),
  };
}

/** The moment at which a life ends that begins now, ISO 8601. */
export function endOf(now: number, lengthMs: number): string {
  return new Date(now + lengthMs - CLOCK_SKEW_MS).toISOString();
}
