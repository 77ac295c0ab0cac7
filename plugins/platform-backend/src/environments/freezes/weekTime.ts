const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_A_DAY = 24 * 60;

/** What {@link parseWeekTime} takes, in words. */
export const WEEK_TIME_FORM = `Use a day and a time: "fri 16:00". Days are ${DAYS.join(', ')}.`;

/** Minutes since Monday 00:00 of `fri 16:00`; `undefined` where it is no such text. */
export function parseWeekTime(text: string): number | undefined {
  const [, day, hours, minutes] =
    /^([a-z]{3}) ([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  const index = DAYS.indexOf(day);
  return index < 0
    ? undefined
    : index * MINUTES_A_DAY + Number(hours) * 60 + Number(minutes);
}

/** `Fri 16:00` of minutes since Monday 00:00. */
export function formatWeekTime(minute: number): string {
  const day = DAYS[Math.floor(minute / MINUTES_A_DAY)];
  const two = (value: number) => `${value}`.padStart(2, '0');
  const ofDay = minute % MINUTES_A_DAY;
  return `${day[0].toUpperCase()}${day.slice(1)} ${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

/** Minutes since Monday 00:00 as the clocks of a time zone show it. */
export function weekMinuteOf(date: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find(part => part.type === type)?.value ?? '';
  const day = DAYS.indexOf(of('weekday').toLowerCase());
  return day * MINUTES_A_DAY + Number(of('hour')) * 60 + Number(of('minute'));
}
