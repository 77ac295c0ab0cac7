import path from 'node:path';
import type { PipelineJob } from '@slipway/plugin-platform-common';
import { z } from 'zod';
import { readIfThere, type Workspace } from './Workspace';

const declaredJobs = z.array(
  z.object({
    name: z.string(),
    stage: z.string(),
    when: z.string(),
    allow_failure: z.unknown(),
  }),
);
const stateEntry = z.object({
  job: z.string(),
  at: z.string(),
  state: z.enum(['running', 'ended']),
  exitCode: z.number().optional(),
});

/** Reads which jobs a pipeline has, in the order of its stages, and how far they are. */
export class JobStates {
  readonly #workspace: Workspace;
  #declared: z.infer<typeof declaredJobs> | undefined;

  readonly #stages: string[];

  constructor(workspace: Workspace, stages: string[]) {
    this.#workspace = workspace;
    this.#stages = ['.pre', ...stages, '.post'];
  }

  /** Undefined until the jobs are known. */
  async read(): Promise<PipelineJob[] | undefined> {
    const { control } = this.#workspace;
    if (!this.#declared) {
      const text = await readIfThere(path.join(control, 'jobs.json'));
      if (text === undefined) {
        return undefined;
      }
      const declared = declaredJobs.parse(JSON.parse(text));
      this.#declared = declared
        .filter(({ when }) => when !== 'never')
        .sort((one, other) => this.#rank(one.stage) - this.#rank(other.stage));
    }
    const jobs = new Map(
      this.#declared.map(({ name, stage }): [string, PipelineJob] => [
        name,
        { name, stage, state: 'pending' },
      ]),
    );
    const states =
      (await readIfThere(path.join(control, 'states.jsonl'))) ?? '';
    // The last line may be half written: it is read with the next look.
    for (const line of states.split('\n').slice(0, -1)) {
      const {
        job: name,
        at,
        state,
        exitCode,
      } = stateEntry.parse(JSON.parse(line));
      const job = jobs.get(name);
      if (job && state === 'running') {
        const { stage, startedAt = at } = job;
        jobs.set(name, { name, stage, state, startedAt });
      } else if (job) {
        job.state = exitCode === 0 ? 'succeeded' : 'failed';
        job.exitCode = exitCode;
        job.endedAt = at;
      }
    }
    return [...jobs.values()];
  }

  #rank(stage: string): number {
    const rank = this.#stages.indexOf(stage);
    return rank === -1 ? this.#stages.length : rank;
  }

  /** The first job that failed and may not. */
  findFailed(jobs: PipelineJob[]): PipelineJob | undefined {
    const tolerated = new Map(
      this.#declared?.map(job => [job.name, job.allow_failure]),
    );
    const failed = jobs.filter(({ state }) => state === 'failed');
    return failed.find(
      ({ name, exitCode }) => !isTolerated(tolerated.get(name), exitCode),
    );
  }
}

/** Jobs can write where their recorder writes: what isn't its own is passed over. */
function parseEntry(line: string): z.infer<typeof stateEntry> | undefined {
  try {
    return stateEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function isTolerated(rule: unknown, exitCode: number | undefined): boolean {
  if (typeof rule !== 'object' || rule === null || !('exit_codes' in rule)) {
    return rule === true;
  }
  return [rule.exit_codes].flat().includes(exitCode);
}
