import type { PipelineJob } from '@slipway/plugin-platform-common';

/** Jobs by stage, in the order in which the stages run. */
export function groupByStage(
  jobs: PipelineJob[],
): Array<{ stage: string; jobs: PipelineJob[] }> {
  const stages = new Map<string, PipelineJob[]>();
  for (const job of jobs) {
    const stage = stages.get(job.stage);
    if (stage) {
      stage.push(job);
    } else {
      stages.set(job.stage, [job]);
    }
  }
  return [...stages].map(([stage, stageJobs]) => ({ stage, jobs: stageJobs }));
}

/**
 * The job whose log is of most interest: the one asked for, else the one that failed, else the one that is
 * running, else the last that ran, else the first.
 */
export function chooseJob(
  jobs: PipelineJob[],
  wanted?: string,
): PipelineJob | undefined {
  return (
    jobs.find(({ name }) => name === wanted) ??
    jobs.find(({ state }) => state === 'failed') ??
    jobs.find(({ state }) => state === 'running') ??
    jobs.filter(({ startedAt }) => startedAt !== undefined).pop() ??
    jobs[0]
  );
}
