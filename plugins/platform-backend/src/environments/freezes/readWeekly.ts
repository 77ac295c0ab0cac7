import type { SleepWindow } from '@slipway/plugin-platform-common';
import type { FieldProblem } from '@slipway/plugin-platform-node';
import { parseWeekTime, WEEK_TIME_FORM } from './weekTime';

/** A time of the week as documents write it. */
export interface WeeklyText {
  from: string;
  until: string;
  timeZone: string;
}

/** Turns a time of the week into minutes, or says what is wrong with it. */
export function readWeekly(
  week: WeeklyText,
  path: Array<string | number>,
): { when?: SleepWindow; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const where = path.join('.');
  const [fromMinute, untilMinute] = (['from', 'until'] as const).map(field => {
    const minute = parseWeekTime(week[field]);
    if (minute === undefined) {
      problems.push({
        path: [...path, field],
        message: `${where}.${field} is "${week[field]}". ${WEEK_TIME_FORM}`,
      });
    }
    return minute ?? 0;
  });
  if (problems.length === 0 && fromMinute === untilMinute) {
    problems.push({
      path: [...path, 'until'],
      message: `${where}.until is the same as ${where}.from. Use another time.`,
    });
  }
  if (!isTimeZone(week.timeZone)) {
    problems.push({
      path: [...path, 'timeZone'],
      message: `${where}.timeZone: there is no time zone "${week.timeZone}". Use a name of the IANA database: Europe/Berlin.`,
    });
  }
  return problems.length > 0
    ? { problems }
    : { problems, when: { fromMinute, untilMinute, timeZone: week.timeZone } };
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
