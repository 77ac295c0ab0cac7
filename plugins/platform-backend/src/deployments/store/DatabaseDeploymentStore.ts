import type {
  Deployment,
  DeploymentState,
  Failure,
  Page,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { afterCursor, cursorAt } from '../../runs';
import type {
  DeploymentFilter,
  DeploymentStore,
  NewDeployment,
  StoredProgress,
} from './DeploymentStore';
import {
  type DeploymentRow,
  type ReleaseRow,
  toDeployment,
  withoutFiles,
} from './rows';

/** {@link DeploymentStore} on PostgreSQL. */
export class DatabaseDeploymentStore implements DeploymentStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    trx: Knex.Transaction,
    deployment: NewDeployment,
  ): Promise<void> {
    const { id, service, environment, cause, reason } = deployment;
    await trx('deployments').insert({
      id,
      service,
      environment,
      cause,
      reason,
      run_id: deployment.runId,
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

  async list(
    { services, environment, releaseId, state }: DeploymentFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<Deployment>> {
    const found = await this.#read(query => {
      query
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit + 1);
      if (services) {
        query.whereIn('service', services);
      }
      if (environment) {
        query.where({ environment });
      }
      if (releaseId) {
        query.where({ release_id: releaseId });
      }
      if (state) {
        query.whereIn('state', state);
      }
      if (cursor) {
        afterCursor(query, 'deployments', cursor);
      }
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      ...(found.length > limit &&
        last && {
          nextCursor: await cursorAt(this.#knex, 'deployments', last.id),
        }),
    };
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

  async served(
    releaseId: string,
    environment: string,
  ): Promise<Deployment | undefined> {
    const [deployment] = await this.#read(query =>
      query
        .where({ release_id: releaseId, environment })
        .whereIn('state', ['serving', 'superseded'])
        .whereNotNull('served_at')
        .orderBy('served_at', 'desc')
        .limit(1),
    );
    return deployment;
  }

  async setRelease(id: string, releaseId: string): Promise<void> {
    await this.#knex('deployments')
      .where({ id })
      .update({ release_id: releaseId });
  }

  async setState(
    id: string,
    state: Exclude<DeploymentState, 'serving' | 'rolled-back'>,
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

  async serve(id: string, url?: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      const row = await lockDeployment(trx, id);
      if (!row || row.state === 'serving') {
        return;
      }
      const { service, environment } = row;
      const [before] = await trx('deployments')
        .where({ service, environment, state: 'serving' })
        .update({ state: 'superseded' })
        .returning<Array<{ id: string }>>('id');
      await trx('deployments')
        .where({ id })
        .update({
          state: 'serving',
          url: url ?? null,
          failure: null,
          previous_id: before?.id ?? null,
          served_at: trx.raw('clock_timestamp()'),
          ended_at: trx.raw('clock_timestamp()'),
        });
    });
  }

  async rollBack(
    id: string,
    { failure, verdict }: { failure: Failure; verdict?: RolloutVerdict },
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      const row = await lockDeployment(trx, id);
      if (row?.state !== 'serving' || !row.previous_id) {
        return;
      }
      await trx('deployments')
        .where({ id })
        .update({
          state: 'rolled-back',
          failure: JSON.stringify(failure),
          rollout: null,
          ...(verdict && { verdict: JSON.stringify(verdict) }),
          ended_at: trx.raw('clock_timestamp()'),
        });
      await trx('deployments')
        .where({ id: row.previous_id })
        .update({ state: 'serving' });
    });
  }

  async progress(id: string): Promise<StoredProgress | undefined> {
    const row = await this.#knex('deployments')
      .where({ id })
      .first<Pick<DeploymentRow, 'rollout'> | undefined>('rollout');
    return row?.rollout ?? undefined;
  }

  async setProgress(
    id: string,
    progress: StoredProgress | undefined,
  ): Promise<void> {
    await this.#knex('deployments')
      .where({ id })
      .update({ rollout: progress ? JSON.stringify(progress) : null });
  }

  async setVerdict(id: string, verdict: RolloutVerdict): Promise<void> {
    await this.#knex('deployments')
      .where({ id })
      .update({ verdict: JSON.stringify(verdict) });
  }

  async setConfiguration(id: string, version: number): Promise<void> {
    await this.#knex('deployments')
      .where({ id })
      .update({ configuration_version: version });
  }

  async takenDown(service: string, environment: string): Promise<void> {
    await this.#knex('deployments')
      .where({ service, environment, state: 'serving' })
      .update({ state: 'superseded' });
  }

  async reopen(trx: Knex.Transaction, runId: string): Promise<void> {
    await trx('deployments')
      .where({ run_id: runId })
      .whereNotIn('state', ['serving', 'rolled-back'])
      .update({
        state: 'pending',
        failure: null,
        ended_at: null,
        rollout: null,
        verdict: null,
        previous_id: null,
        served_at: null,
      });
  }

  async #read(
    narrow: (query: Knex.QueryBuilder) => void,
  ): Promise<Deployment[]> {
    const query = this.#knex('deployments');
    narrow(query);
    const rows: DeploymentRow[] = await query.select('deployments.*', {
      previous_release: this.#knex('deployments as previous')
        .join('releases', 'releases.id', 'previous.release_id')
        .whereRaw('previous.id = deployments.previous_id')
        .select('releases.number'),
    });
    const releases = await this.#knex('releases')
      .whereIn(
        'id',
        rows.map(row => row.release_id),
      )
      .select<ReleaseRow[]>('*');
    const byId = new Map(releases.map(row => [row.id, withoutFiles(row)]));
    return rows.flatMap(row => {
      const release = byId.get(row.release_id);
      return release ? [toDeployment(row, release)] : [];
    });
  }
}

async function lockDeployment(
  trx: Knex.Transaction,
  id: string,
): Promise<DeploymentRow | undefined> {
  return trx('deployments')
    .where({ id })
    .forUpdate()
    .first<DeploymentRow | undefined>();
}
