import { formatDay } from './formatDay';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far off a moment is, in one unit: `in 5 min`, `in 7 d`; a date past 30 days, `now` once it is there. */
export function formatUntil(at: string, now: number): string {
  const left = Date.parse(at) - now;
  if (left <= 0) {
    return 'now';
  }
  if (left < MINUTE) {
    return 'in less than a minute';
  }
  if (left < HOUR - MINUTE / 2) {
    return `in ${Math.round(left / MINUTE)} min`;
  }
  if (left < DAY - HOUR / 2) {
    return `in ${Math.round(left / HOUR)} h`;
  }
  if (left < 30 * DAY) {
    return `in ${Math.round(left / DAY)} d`;
  }
  return `on ${formatDay(at)}`;
}
