import type {
  JobOutcome,
  JobRun,
  JobSchedule,
} from '@slipway/plugin-platform-common';
import type { ProcessExit } from '../processes/ManagedProcess';
import type { InstanceHealth } from '../workloads/Instance';
import { describeExit } from '../workloads/explainExit';
import type { JobRecord } from '../workloads/types';

const KEPT = 10;

/** How a run ended. */
export type RunEnd = Required<Pick<JobRun, 'message'>> &
  Pick<JobRun, 'exitCode'> & { outcome: JobOutcome };

/** Puts a run before those that were there, and lets the oldest go. */
export function withRun(runs: JobRun[], run: JobRun): JobRun[] {
  return [run, ...runs].slice(0, KEPT);
}

/** Lets a release that takes over show what became of the runs of the one before; those that go on stay with it until they end. */
export function withRunsBefore(
  job: JobRecord | undefined,
  before: JobRecord | undefined,
): void {
  if (job && before) {
    const ended = before.runs.filter(({ endedAt }) => endedAt);
    // Where a release is taken back, the two have some in common.
    const all = [...job.runs, ...ended].map(
      run => [`${run.releaseId} ${run.startedAt}`, run] as const,
    );
    job.runs = [...new Map(all).values()]
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
      .slice(0, KEPT);
  }
}

/** What an exit says about a run that nobody stopped. */
export function endOf(exit: ProcessExit): RunEnd {
  if (exit.code === undefined && exit.signal === undefined) {
    return {
      outcome: 'unknown',
      message:
        'ended, and nobody knows how: the agent had been started anew meanwhile',
    };
  }
  return {
    outcome: exit.code === 0 ? 'succeeded' : 'failed',
    message: describeExit(exit),
    ...(exit.code !== undefined && { exitCode: exit.code }),
  };
}

/** How the job of a release is, by the last of its runs that came to an end of its own. */
export function healthOf(
  runs: JobRun[],
  releaseId: string,
  { timeZone }: Pick<JobSchedule, 'timeZone'>,
): InstanceHealth {
  const last = runs.find(
    ({ outcome, releaseId: release }) =>
      release === releaseId &&
      (outcome === 'succeeded' || outcome === 'failed'),
  );
  return last?.outcome === 'failed'
    ? {
        health: 'degraded',
        message: `The run of ${formatTime(last.dueAt, timeZone)} failed: it ${last.message}.`,
      }
    : { health: 'healthy' };
}

/** Day and time where the job is, with the name of its time zone. */
export function formatTime(at: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(at));
  return `${text} (${timeZone})`;
}

/** How long something took: `0.4 s`, `12 s`, `3 min`, `3 min 20 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return [minutes > 0 && `${minutes} min`, rest > 0 && `${rest} s`]
    .filter(Boolean)
    .join(' ');
}
