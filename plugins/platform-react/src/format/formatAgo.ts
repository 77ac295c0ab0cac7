import { formatDay } from './formatDay';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, in one unit: `just now`, `2 min ago`, `3 d ago`; a date past 30 days. */
export function formatAgo(at: string, now: number): string {
  const age = now - Date.parse(at);
  if (age < 10_000) {
    return 'just now';
  }
  if (age < MINUTE) {
    return `${Math.floor(age / 1_000)} s ago`;
  }
  if (age < HOUR) {
    return `${Math.floor(age / MINUTE)} min ago`;
  }
  if (age < DAY) {
    return `${Math.floor(age / HOUR)} h ago`;
  }
  if (age < 30 * DAY) {
    return `${Math.floor(age / DAY)} d ago`;
  }
  return formatDay(at);
}
