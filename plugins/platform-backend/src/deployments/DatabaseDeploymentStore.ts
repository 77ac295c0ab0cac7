import type {
  Artifact,
  CommitSummary,
  Deployment,
  DeploymentState,
  Failure,
  Release,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { DeploymentStore, StoredRelease } from './DeploymentStore';

interface ReleaseRow {
  id: string;
  service: string;
  number: number;
  pipeline_id: string;
  commit: CommitSummary;
  artifact_digest: string;
  score: string;
  created_at: Date;
}

interface DeploymentRow {
  id: string;
  run_id: string;
  service: string;
  environment: string;
  release_id: string;
  state: DeploymentState;
  url: string | null;
  failure: Failure | null;
  requested_by: string;
  created_at: Date;
  ended_at: Date | null;
}

/** {@link DeploymentStore} on PostgreSQL. */
export class DatabaseDeploymentStore implements DeploymentStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async release(request: {
    service: string;
    pipelineId: string;
    commit: CommitSummary;
    artifact: Artifact;
    score: string;
  }): Promise<StoredRelease> {
    return this.#knex.transaction(async trx => {
      // Numbers of one service are given out one after the other, without gaps.
      await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 1))', [
        request.service,
      ]);
      const existing = await trx<ReleaseRow>('releases')
        .where({ pipeline_id: request.pipelineId })
        .first();
      if (existing) {
        return toRelease(existing as ReleaseRow);
      }
      const [row] = await trx('releases')
        .insert({
          id: randomUUID(),
          service: request.service,
          number: trx.raw(
            '(SELECT COALESCE(max(number), 0) + 1 FROM releases WHERE service = ?)',
            [request.service],
          ),
          pipeline_id: request.pipelineId,
          sha: request.commit.sha,
          commit: JSON.stringify(request.commit),
          artifact_digest: request.artifact.digest,
          score: request.score,
        })
        .returning<ReleaseRow[]>('*');
      return toRelease(row);
    });
  }

  async getRelease(id: string): Promise<StoredRelease | undefined> {
    const row = await this.#knex<ReleaseRow>('releases').where({ id }).first();
    return row && toRelease(row as ReleaseRow);
  }

  async listReleases(service: string, limit: number): Promise<Release[]> {
    const rows = await this.#knex<ReleaseRow>('releases')
      .where({ service })
      .orderBy('number', 'desc')
      .limit(limit);
    return (rows as ReleaseRow[]).map(withoutScore);
  }

  async insert(
    trx: Knex.Transaction,
    deployment: {
      id: string;
      runId: string;
      service: string;
      environment: string;
      releaseId: string;
      requestedBy: string;
    },
  ): Promise<void> {
    await trx('deployments').insert({
      id: deployment.id,
      run_id: deployment.runId,
      service: deployment.service,
      environment: deployment.environment,
      release_id: deployment.releaseId,
      state: 'pending',
      requested_by: deployment.requestedBy,
    });
  }

  async get(id: string): Promise<Deployment | undefined> {
    const [deployment] = await this.#read(query => query.where({ id }));
    return deployment;
  }

  async getByRun(runId: string): Promise<Deployment | undefined> {
    const [deployment] = await this.#read(query =>
      query.where({ run_id: runId }),
    );
    return deployment;
  }

  list(filter: {
    service: string;
    environment?: string;
    limit: number;
  }): Promise<Deployment[]> {
    return this.#read(query => {
      query
        .where({ service: filter.service })
        .orderBy('created_at', 'desc')
        .limit(filter.limit);
      if (filter.environment) {
        query.where({ environment: filter.environment });
      }
    });
  }

  async current(services: string[]) {
    const serving = await this.#read(query =>
      query.whereIn('service', services).where({ state: 'serving' }),
    );
    const latest = await this.#read(query =>
      query
        .whereIn('service', services)
        .distinctOn('service', 'environment')
        .orderBy([
          'service',
          'environment',
          { column: 'created_at', order: 'desc' },
        ]),
    );
    return latest.map(newest => ({
      latest: newest,
      serving: serving.find(
        ({ service, environment }) =>
          service === newest.service && environment === newest.environment,
      ),
    }));
  }

  async serving(
    service: string,
    environment: string,
  ): Promise<Deployment | undefined> {
    const [deployment] = await this.#read(query =>
      query.where({ service, environment, state: 'serving' }),
    );
    return deployment;
  }

  async underWay(
    service: string,
    environment: string,
  ): Promise<Deployment | undefined> {
    const [deployment] = await this.#read(query =>
      query
        .where({ service, environment })
        .whereIn('state', ['pending', 'rolling-out'])
        .orderBy('created_at', 'desc')
        .limit(1),
    );
    return deployment;
  }

  async newestNumbers(services: string[]): Promise<Map<string, number>> {
    const rows: Array<{ service: string; number: number }> = await this.#knex(
      'releases',
    )
      .whereIn('service', services)
      .groupBy('service')
      .select('service')
      .max({ number: 'number' });
    return new Map(rows.map(row => [row.service, Number(row.number)]));
  }

  async setRelease(id: string, releaseId: string): Promise<void> {
    await this.#knex('deployments')
      .where({ id })
      .update({ release_id: releaseId });
  }

  async setState(
    id: string,
    state: Exclude<DeploymentState, 'serving'>,
    failure?: Failure,
  ): Promise<void> {
    const ended = state === 'failed' || state === 'cancelled';
    await this.#knex('deployments')
      .where({ id })
      .update({
        state,
        failure: failure ? JSON.stringify(failure) : null,
        ...(ended ? { ended_at: this.#knex.raw('clock_timestamp()') } : {}),
      });
  }

  async serve(id: string, url: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      const row = await trx<DeploymentRow>('deployments')
        .where({ id })
        .forUpdate()
        .first();
      if (!row) {
        return;
      }
      await trx('deployments')
        .where({
          service: row.service,
          environment: row.environment,
          state: 'serving',
        })
        .whereNot({ id })
        .update({ state: 'superseded' });
      await trx('deployments')
        .where({ id })
        .update({
          state: 'serving',
          url,
          failure: null,
          ended_at: trx.raw('clock_timestamp()'),
        });
    });
  }

  async takenDown(service: string, environment: string): Promise<void> {
    await this.#knex('deployments')
      .where({ service, environment, state: 'serving' })
      .update({ state: 'superseded' });
  }

  async reopen(trx: Knex.Transaction, runId: string): Promise<void> {
    await trx('deployments')
      .where({ run_id: runId })
      .whereNot({ state: 'serving' })
      .update({ state: 'pending', failure: null, ended_at: null });
  }

  async #read(
    narrow: (query: Knex.QueryBuilder) => void,
  ): Promise<Deployment[]> {
    const query = this.#knex('deployments');
    narrow(query);
    const rows: DeploymentRow[] = await query.select('*');
    const releases = (await this.#knex<ReleaseRow>('releases').whereIn(
      'id',
      rows.map(row => row.release_id),
    )) as ReleaseRow[];
    const byId = new Map(releases.map(row => [row.id, withoutScore(row)]));
    return rows.flatMap(row => {
      const release = byId.get(row.release_id);
      return release ? [toDeployment(row, release)] : [];
    });
  }
}

function withoutScore(row: ReleaseRow): Release {
  const { score: _, ...release } = toRelease(row);
  return release;
}

function toRelease(row: ReleaseRow): StoredRelease {
  return {
    id: row.id,
    service: row.service,
    number: row.number,
    commit: row.commit,
    artifactDigest: row.artifact_digest,
    score: row.score,
    createdAt: row.created_at.toISOString(),
  };
}

function toDeployment(row: DeploymentRow, release: Release): Deployment {
  return {
    id: row.id,
    runId: row.run_id,
    service: row.service,
    environment: row.environment,
    release,
    state: row.state,
    url: row.url ?? undefined,
    failure: row.failure ?? undefined,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString(),
  };
}
