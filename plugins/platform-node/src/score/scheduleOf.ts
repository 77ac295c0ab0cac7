import type { JobSchedule } from '@slipway/plugin-platform-common';
import { Cron } from 'croner';
import type { z } from 'zod';
import { DURATION_FORMS, parseDuration } from '../duration';
import type { ScoreWorkload } from './types';

/** Makes a workload a scheduled job: a cron expression of five fields. */
export const SCHEDULE_ANNOTATION = 'slipway.dev/schedule';
/** The time zone of its schedule, as the IANA database names it. */
export const TIME_ZONE_ANNOTATION = 'slipway.dev/time-zone';
/** How long a run may take: `30m`. */
export const TIME_LIMIT_ANNOTATION = 'slipway.dev/time-limit';

const DEFAULT_ZONE = 'UTC';
const DEFAULT_LIMIT = '1h';
const LONGEST_LIMIT_MS = 24 * 60 * 60_000;

/** When a workload runs to its end; `undefined` where it is no scheduled job. Takes it that what is said was checked. */
export function scheduleOf({
  metadata: { annotations = {} },
}: ScoreWorkload): JobSchedule | undefined {
  const schedule = annotations[SCHEDULE_ANNOTATION];
  return schedule === undefined
    ? undefined
    : {
        schedule: schedule.trim(),
        timeZone: annotations[TIME_ZONE_ANNOTATION] ?? DEFAULT_ZONE,
        timeLimitMs:
          parseDuration(annotations[TIME_LIMIT_ANNOTATION] ?? DEFAULT_LIMIT) ??
          LONGEST_LIMIT_MS,
      };
}

/** Objects to a schedule that can't be kept, and to what makes no sense beside one. */
export function checkSchedule(
  workload: ScoreWorkload,
  context: z.core.$RefinementCtx,
): void {
  const { annotations = {} } = workload.metadata;
  const object = (message: string, path: string[]) =>
    context.addIssue({ code: 'custom', message, path });
  const objectTo = (annotation: string, message: string) =>
    object(message, ['metadata', 'annotations', annotation]);
  const {
    [SCHEDULE_ANNOTATION]: schedule,
    [TIME_ZONE_ANNOTATION]: timeZone = DEFAULT_ZONE,
    [TIME_LIMIT_ANNOTATION]: limit = DEFAULT_LIMIT,
  } = annotations;

  if (schedule === undefined) {
    for (const annotation of [TIME_ZONE_ANNOTATION, TIME_LIMIT_ANNOTATION]) {
      if (annotation in annotations) {
        objectTo(
          annotation,
          `It belongs to a scheduled job: add ${SCHEDULE_ANNOTATION}, or remove it.`,
        );
      }
    }
    return;
  }
  if (!isTimeZone(timeZone)) {
    objectTo(
      TIME_ZONE_ANNOTATION,
      `There is no time zone "${timeZone}". Use a name of the IANA database, such as Europe/Berlin.`,
    );
    return;
  }
  const problem = problemOf(schedule.trim(), timeZone);
  if (problem) {
    objectTo(SCHEDULE_ANNOTATION, problem);
  }
  const limitMs = parseDuration(limit) ?? 0;
  if (limitMs === 0 || limitMs > LONGEST_LIMIT_MS) {
    objectTo(TIME_LIMIT_ANNOTATION, `${DURATION_FORMS} At most 24h.`);
  }
  if (Object.keys(workload.service?.ports ?? {}).length > 0) {
    object(
      `A scheduled job takes no requests: remove the ports, or ${SCHEDULE_ANNOTATION}.`,
      ['service', 'ports'],
    );
  }
  for (const [name, container] of Object.entries(workload.containers)) {
    for (const probe of ['readinessProbe', 'livenessProbe'] as const) {
      if (container[probe]) {
        object(
          'A scheduled job is not asked how it is: its exit code says how a run went. Remove the probe.',
          ['containers', name, probe],
        );
      }
    }
  }
}

function problemOf(schedule: string, timeZone: string): string | undefined {
  const forms =
    'Give minute, hour, day of month, month and day of week, such as "30 3 * * 1-5".';
  try {
    const next = new Cron(schedule, { mode: '5-part', timezone: timeZone });
    return next.nextRun()
      ? undefined
      : `"${schedule}" is a time that never comes. ${forms}`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `"${schedule}" can't be read: ${reason.replace(/^CronPattern: /, '').replace(/\.$/, '')}. ${forms}`;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
