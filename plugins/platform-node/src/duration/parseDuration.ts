const UNITS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 60 * 60_000,
  d: 24 * 60 * 60_000,
};

/** What {@link parseDuration} takes, in words. */
export const DURATION_FORMS =
  'Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.';

/** Milliseconds of `30m`, `12h` or `7d`; `undefined` where it is none of these. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  return unit ? Number(amount) * UNITS[unit] : undefined;
}
