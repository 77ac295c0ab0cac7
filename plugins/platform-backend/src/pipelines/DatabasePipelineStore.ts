import type {
  Artifact,
  CommitSummary,
  JobLogLine,
  JobState,
  Pipeline,
  PipelineJob,
  PipelineState,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type {
  NewPipeline,
  PipelineStore,
  StoredPipeline,
} from './PipelineStore';

interface PipelineRow {
  id: string;
  run_id: string;
  service: string;
  repository: string;
  branch: string;
  on_default_branch: boolean;
  commit: CommitSummary;
  state: PipelineState;
  artifact_digest: string | null;
  artifact_size: string | null;
  failure: Pipeline['failure'] | null;
  requested_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

interface JobRow {
  pipeline_id: string;
  name: string;
  stage: string;
  state: JobState;
  started_at: Date | null;
  ended_at: Date | null;
  exit_code: number | null;
}

const ENDED: readonly PipelineState[] = ['succeeded', 'failed', 'cancelled'];

/** {@link PipelineStore} on PostgreSQL. */
export class DatabasePipelineStore implements PipelineStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(trx: Knex.Transaction, pipeline: NewPipeline): Promise<void> {
    await trx('pipelines').insert({
      id: pipeline.id,
      push_id: pipeline.pushId,
      run_id: pipeline.runId,
      service: pipeline.service,
      repository: pipeline.repository,
      branch: pipeline.branch,
      on_default_branch: pipeline.onDefaultBranch,
      sha: pipeline.commit.sha,
      commit: JSON.stringify(pipeline.commit),
      state: 'queued',
      requested_by: pipeline.requestedBy,
    });
  }

  findByPush(pushId: string) {
    return this.#first({ push_id: pushId });
  }

  get(id: string) {
    return this.#first({ id });
  }

  getByRun(runId: string) {
    return this.#first({ run_id: runId });
  }

  async list(service: string, limit: number): Promise<Pipeline[]> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .where({ service })
      .orderBy('created_at', 'desc')
      .limit(limit);
    return this.#withJobs(rows as PipelineRow[]);
  }

  async latestOf(services: string[]): Promise<Pipeline[]> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .whereIn('service', services)
      .distinctOn('service')
      .orderBy(['service', { column: 'created_at', order: 'desc' }]);
    return this.#withJobs(rows as PipelineRow[]);
  }

  async newestGreen(
    service: string,
    branch: string,
  ): Promise<StoredPipeline | undefined> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .where({ service, branch, state: 'succeeded' })
      .whereNotNull('artifact_digest')
      .orderBy('created_at', 'desc')
      .limit(1);
    const [pipeline] = await this.#withJobs(rows as PipelineRow[]);
    return pipeline;
  }

  async setState(
    id: string,
    state: PipelineState,
    facts: { artifact?: Artifact; failure?: Pipeline['failure'] } = {},
  ): Promise<void> {
    const now = this.#knex.raw('clock_timestamp()');
    await this.#knex('pipelines')
      .where({ id })
      .update({
        state,
        ...(state === 'running'
          ? { started_at: this.#knex.raw('COALESCE(started_at, ?)', [now]) }
          : {}),
        ...(ENDED.includes(state) ? { ended_at: now } : {}),
        ...(facts.artifact
          ? {
              artifact_digest: facts.artifact.digest,
              artifact_size: facts.artifact.size,
            }
          : {}),
        ...(facts.failure ? { failure: JSON.stringify(facts.failure) } : {}),
      });
  }

  async reopen(trx: Knex.Transaction, runId: string): Promise<void> {
    const [row] = await trx('pipelines')
      .where({ run_id: runId })
      .update({
        state: 'queued',
        failure: null,
        started_at: null,
        ended_at: null,
      })
      .returning('id');
    if (row) {
      await forgetJobs(trx, row.id);
    }
  }

  async forgetJobs(id: string): Promise<void> {
    await this.#knex.transaction(trx => forgetJobs(trx, id));
  }

  async saveJobs(id: string, jobs: PipelineJob[]): Promise<void> {
    if (jobs.length === 0) {
      return;
    }
    await this.#knex('pipeline_jobs')
      .insert(
        jobs.map((job, position) => ({
          pipeline_id: id,
          name: job.name,
          stage: job.stage,
          position,
          state: job.state,
          started_at: job.startedAt ?? null,
          ended_at: job.endedAt ?? null,
          exit_code: job.exitCode ?? null,
        })),
      )
      .onConflict(['pipeline_id', 'name'])
      .merge();
  }

  async appendJobLog(
    id: string,
    job: string,
    lines: JobLogLine[],
  ): Promise<void> {
    if (lines.length === 0) {
      return;
    }
    await this.#knex('pipeline_job_lines')
      .insert(
        lines.map(line => ({
          pipeline_id: id,
          job,
          sequence: line.sequence,
          text: line.text.replaceAll('\0', '\uFFFD'),
        })),
      )
      .onConflict(['pipeline_id', 'job', 'sequence'])
      .ignore();
  }

  async readJobLog(
    id: string,
    job: string,
    after: number,
    limit: number,
  ): Promise<JobLogLine[]> {
    return this.#knex('pipeline_job_lines')
      .where({ pipeline_id: id, job })
      .andWhere('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit)
      .select('sequence', 'text');
  }

  async #first(
    where: Record<string, string>,
  ): Promise<StoredPipeline | undefined> {
    const row = await this.#knex<PipelineRow>('pipelines').where(where).first();
    if (!row) {
      return undefined;
    }
    const [pipeline] = await this.#withJobs([row as PipelineRow]);
    return pipeline;
  }

  async #withJobs(rows: PipelineRow[]): Promise<StoredPipeline[]> {
    const jobs = (await this.#knex<JobRow>('pipeline_jobs')
      .whereIn(
        'pipeline_id',
        rows.map(row => row.id),
      )
      .orderBy('position')) as JobRow[];
    return rows.map(row =>
      toPipeline(
        row,
        jobs.filter(job => job.pipeline_id === row.id),
      ),
    );
  }
}

async function forgetJobs(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('pipeline_jobs').where({ pipeline_id: id }).delete();
  await trx('pipeline_job_lines').where({ pipeline_id: id }).delete();
}

function toPipeline(row: PipelineRow, jobs: JobRow[]): StoredPipeline {
  return {
    id: row.id,
    runId: row.run_id,
    service: row.service,
    repository: row.repository,
    branch: row.branch,
    onDefaultBranch: row.on_default_branch,
    commit: row.commit,
    state: row.state,
    jobs: jobs.map(job => ({
      name: job.name,
      stage: job.stage,
      state: job.state,
      startedAt: job.started_at?.toISOString(),
      endedAt: job.ended_at?.toISOString(),
      exitCode: job.exit_code ?? undefined,
    })),
    artifact: row.artifact_digest
      ? { digest: row.artifact_digest, size: Number(row.artifact_size) }
      : undefined,
    failure: row.failure ?? undefined,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
  };
}
