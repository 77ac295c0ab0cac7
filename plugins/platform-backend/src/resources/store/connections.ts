import type { Knex } from 'knex';
import type { ConnectionRow, ResourceRow } from './rows';

/** A release of a service that is, or may soon be, at work in an environment. */
export interface DeploymentThere {
  id: string;
  service: string;
  environment: string;
}

/** Who is connected to each of these resources. */
export async function connectionsTo(
  knex: Knex,
  resourceIds: string[],
): Promise<ConnectionRow[]> {
  return knex('resource_connections')
    .whereIn('resource_id', resourceIds)
    .orderBy(['service', 'alias'])
    .distinct<ConnectionRow[]>(
      'service',
      'environment',
      'alias',
      'resource_id',
    );
}

/** The ids of the resources that the deployments of a service use in an environment, or in all. */
export function usedThere(
  knex: Knex,
  there: { service: string; environment?: string },
): Promise<string[]> {
  return connectionsFrom(knex, there).distinct().pluck('resource_id');
}

function connectionsFrom(
  knex: Knex,
  { service, environment }: { service: string; environment?: string },
) {
  return knex<ConnectionRow>('resource_connections').where({
    service,
    ...(environment !== undefined && { environment }),
  });
}

/**
 * Connects a deployment to what it is going to use, beside what serves. Whoever changes one of these resources from then on finds it
 * connected. Answers them as they are now; `undefined`, with nothing stored, where one isn't there to be used any more.
 *
 * @param uses - the ids of resources, by the names that the service has for them
 */
export function connectDeployment(
  knex: Knex,
  { id, service, environment }: DeploymentThere,
  uses: Record<string, string>,
): Promise<ResourceRow[] | undefined> {
  return knex.transaction(async trx => {
    const wanted = [...new Set(Object.values(uses))];
    const rows = await trx<ResourceRow>('resources')
      .whereIn('id', wanted)
      .whereNull('deleted_at')
      .whereIn('state', ['ready', 'changing', 'failed'])
      .orderBy('id')
      .forUpdate();
    if (rows.length < wanted.length) {
      return undefined;
    }
    await trx('resource_connections').where({ deployment_id: id }).delete();
    if (rows.length === 0) {
      return [];
    }
    const before = await usedThere(trx, { service, environment });
    await trx('resource_connections').insert(
      Object.entries(uses).map(([alias, resourceId]) => ({
        deployment_id: id,
        service,
        environment,
        alias,
        resource_id: resourceId,
      })),
    );
    const added = wanted.filter(each => !before.includes(each));
    const changed = await nextVersions(trx, added);
    return rows.map(
      row => changed.find(other => other.id === row.id) ?? (row as ResourceRow),
    );
  });
}

/**
 * Ends connections of a service in an environment, or in all; answers the resources that it isn't connected to there any more.
 *
 * @param which - `of`: those of this deployment; `but`: those of all others. Left out: all
 */
export function disconnectDeployments(
  knex: Knex,
  there: { service: string; environment?: string },
  which: { of?: string; but?: string } = {},
): Promise<ResourceRow[]> {
  return knex.transaction(async trx => {
    const query = connectionsFrom(trx, there);
    if (which.of) {
      query.whereRaw('deployment_id = ?', [which.of]);
    }
    if (which.but) {
      query.whereRaw('deployment_id <> ?', [which.but]);
    }
    const ended = await query.delete().returning<ConnectionRow[]>('*');
    const left = await usedThere(trx, there);
    const ids = ended.map(({ resource_id: id }) => id);
    return nextVersions(trx, [
      ...new Set(ids.filter(id => !left.includes(id))),
    ]);
  });
}

/** What is connected to a resource is a change of it that others are told of. */
async function nextVersions(
  trx: Knex.Transaction,
  ids: string[],
): Promise<ResourceRow[]> {
  if (ids.length === 0) {
    return [];
  }
  // Always in the same order, so that two who need the same ones wait for each other once at most.
  await trx('resources')
    .whereIn('id', ids)
    .orderBy('id')
    .forUpdate()
    .select('id');
  return trx('resources')
    .whereIn('id', ids)
    .update({
      version: trx.raw('version + 1'),
      changed_at: trx.raw('clock_timestamp()'),
    })
    .returning<ResourceRow[]>('*');
}
