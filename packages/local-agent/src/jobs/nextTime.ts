import type { JobSchedule } from '@slipway/plugin-platform-common';
import { Cron } from 'croner';

/**
 * The first time of a schedule after another one; `undefined` where none comes any more. A time that there isn't, where the clock goes
 * forward, is right after the gap; one that there is twice, where it goes back, counts once, unless the schedule has several in a day.
 */
export function nextTime(
  { schedule, timeZone }: Pick<JobSchedule, 'schedule' | 'timeZone'>,
  after: Date,
): Date | undefined {
  return new Cron(schedule, { timezone: timeZone }).nextRun(after) ?? undefined;
}
