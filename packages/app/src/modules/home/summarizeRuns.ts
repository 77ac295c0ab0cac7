import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';

/** What a list of runs says about how well work flows. */
export interface RunSummary {
  /** Runs that have ended. */
  ended: number;
  failed: number;
  /** Half of the deployments took no longer, from request to serving; missing while there are none. */
  medianDeployMilliseconds?: number;
}

/** The kind of the runs that put a release into an environment. */
export const DEPLOY_RUN_KIND = 'deploy';

/** Counts the runs created since the given time that have ended. */
export function summarizeRuns(runs: readonly Run[], since: Date): RunSummary {
  const ended = runs.filter(
    run => isFinalRunState(run.state) && new Date(run.createdAt) >= since,
  );
  const succeeded = ended.filter(run => run.state === 'succeeded');
  return {
    ended: ended.length,
    failed: ended.filter(run => run.state === 'failed').length,
    medianDeployMilliseconds: median(
      succeeded
        .filter(run => run.kind === DEPLOY_RUN_KIND)
        .flatMap(run =>
          run.endedAt
            ? Date.parse(run.endedAt) - Date.parse(run.createdAt)
            : [],
        ),
    ),
  };
}

function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : average(sorted[middle - 1], sorted[middle]);
}

function average(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? undefined : (a + b) / 2;
}
