import { DateTime, IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
/** A day of the calendar as it is counted, not as long as it is lived: that may be 23 or 25 hours. */
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What time zones are ahead of UTC at the begins of UTC days, in milliseconds: asking for it is what takes time here. */
const offsetsOfDays = new Map<string, number>();
const MAX_OFFSETS = 20_000;

/** Whether the IANA database has a time zone of this name. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** The number of a day of the calendar, `2026-11-02`, from 1970-01-01 on; `undefined` where there is no such day. */
export function dayNumberOf(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(date)
    ? at.getTime() / DAY_MS
    : undefined;
}

/** The minutes from midnight to `09:00`; `undefined` where it is no time of a day. `24:00` is the end of it. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 24 * 60 ? total : undefined;
}

/** The place of a day in its week; Monday is 0. */
export function weekdayOf(dayNumber: number): number {
  // 1970-01-01 was a Thursday.
  return (((dayNumber + 3) % 7) + 7) % 7;
}

/** The day of the calendar that a moment belongs to in a time zone. */
export function localDayOf(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY_MS);
}

/**
 * The one moment, in milliseconds, at which clocks of a time zone show a time on a day. A time that is left out when clocks go
 * forward is taken with the offset before it, so 02:30 is 03:30 that day; of a time that comes twice when they go back it is the
 * first (RFC 5545 of 2009, section 3.3.5).
 */
export function instantOf(
  dayNumber: number,
  minutes: number,
  timeZone: string,
): number {
  const shown = dayNumber * DAY_MS + minutes * MINUTE_MS;
  const before = shown - offsetAt(shown - DAY_MS, timeZone);
  const after = shown - offsetAt(shown + DAY_MS, timeZone);
  const isAfter =
    shows(after, shown, timeZone) && !shows(before, shown, timeZone);
  return isAfter ? after : before;
}

/** A moment as the clocks of a time zone show it, with the offset: `2026-11-02T09:00+01:00`. */
export function formatLocal(at: number, timeZone: string): string {
  const local = DateTime.fromMillis(at, { zone: timeZone });
  if (!local.isValid) {
    throw new RangeError(`There is no time zone "${timeZone}".`);
  }
  return local.toISO({ suppressMilliseconds: true, suppressSeconds: true });
}

/** What a time zone is ahead of UTC at a moment, in milliseconds. Zones don't change twice within a day. */
function offsetAt(at: number, timeZone: string): number {
  const day = Math.floor(at / DAY_MS);
  const offset = offsetOfDay(day, timeZone);
  return offset === offsetOfDay(day + 1, timeZone)
    ? offset
    : IANAZone.create(timeZone).offset(at) * MINUTE_MS;
}

function offsetOfDay(day: number, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  const known = offsetsOfDays.get(key);
  if (known !== undefined) {
    return known;
  }
  if (offsetsOfDays.size >= MAX_OFFSETS) {
    offsetsOfDays.clear();
  }
  const offset = IANAZone.create(timeZone).offset(day * DAY_MS) * MINUTE_MS;
  offsetsOfDays.set(key, offset);
  return offset;
}

function shows(at: number, shown: number, timeZone: string): boolean {
  return at + offsetAt(at, timeZone) === shown;
}
