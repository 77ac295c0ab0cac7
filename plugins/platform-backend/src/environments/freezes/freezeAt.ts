import type {
  FreezeWindow,
  SleepWindow,
} from '@slipway/plugin-platform-common';
import { formatWeekTime, weekMinuteOf } from './weekTime';

/** The first window in which an environment is frozen at a time. */
export function freezeAt(
  freezes: readonly FreezeWindow[],
  environment: string,
  at: Date,
): FreezeWindow | undefined {
  return freezes.find(
    freeze =>
      freeze.environments.includes(environment) && isFrozen(freeze.when, at),
  );
}

/** When it ends, as people read it: `2027-01-04 06:00 UTC`, `Mon 07:00 Europe/Berlin`. */
export function describeEnd({ when }: Pick<FreezeWindow, 'when'>): string {
  return 'until' in when
    ? `${when.until.slice(0, 16).replace('T', ' ')} UTC`
    : `${formatWeekTime(when.untilMinute)} ${when.timeZone}`;
}

/** Whether a window is open at a time. */
export function isFrozen(when: FreezeWindow['when'], at: Date): boolean {
  if ('from' in when) {
    const time = at.getTime();
    return Date.parse(when.from) <= time && time < Date.parse(when.until);
  }
  return isInWeek(when, at);
}

/** Whether a time of the week is now. */
export function isInWeek(
  { fromMinute, untilMinute, timeZone }: SleepWindow,
  at: Date,
): boolean {
  const now = weekMinuteOf(at, timeZone);
  return fromMinute < untilMinute
    ? fromMinute <= now && now < untilMinute
    : now >= fromMinute || now < untilMinute;
}

/** How many minutes ago a time of the week began that is now. */
export function minutesInto(
  { fromMinute, timeZone }: SleepWindow,
  at: Date,
): number {
  const week = 7 * 24 * 60;
  return (weekMinuteOf(at, timeZone) - fromMinute + week) % week;
}
