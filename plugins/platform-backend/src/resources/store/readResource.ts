import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** `undefined` where there never was one with this id. */
export function readResource(
  knex: Knex,
  id: string,
): Promise<ResourceRow | undefined> {
  return knex<ResourceRow>('resources').where({ id }).first();
}

/** The one that has this name in its environment now; those that were deleted have none. */
export function resourceNamed(
  knex: Knex,
  { environment, name }: { environment: string; name: string },
): Promise<ResourceRow | undefined> {
  return knex<ResourceRow>('resources')
    .where({ environment, name })
    .whereNull('deleted_at')
    .andWhereNot({ state: 'destroyed' })
    .first();
}

/** How many had this name before, those that are gone included. */
export async function countNamed(
  knex: Knex,
  { environment, name }: { environment: string; name: string },
): Promise<number> {
  const [{ count }] = await knex('resources')
    .where({ environment, name })
    .count();
  return Number(count);
}

/** Every one that exists now. */
export function existingResources(knex: Knex): Promise<ResourceRow[]> {
  return knex<ResourceRow>('resources')
    .whereNull('deleted_at')
    .andWhereNot({ state: 'destroyed' })
    .orderBy(['environment', 'name'])
    .select('*');
}

/** The newest one of this name, type and team that was deleted after a time and can still be restored. */
export function deletedSince(
  knex: Knex,
  resource: { environment: string; name: string; type: string; owner: string },
  releasedAt: string,
): Promise<ResourceRow | undefined> {
  const { environment, name, type, owner } = resource;
  return knex<ResourceRow>('resources')
    .where({ environment, name, type, owner, state: 'deleted' })
    .andWhere('deleted_at', '>', releasedAt)
    .orderBy('deleted_at', 'desc')
    .first();
}

/** What belongs to a service alone, in one environment or in all; everything in an environment, where only that is named. */
export function existingOf(
  knex: Knex,
  { service, environment }: { service?: string; environment?: string },
): Promise<ResourceRow[]> {
  return knex<ResourceRow>('resources')
    .where({ ...(service && { service }), ...(environment && { environment }) })
    .whereNull('deleted_at')
    .andWhereNot({ state: 'destroyed' })
    .orderBy(['environment', 'name'])
    .select('*');
}

/** What the deployments of a service use in an environment. */
export function resourcesUsedThere(
  knex: Knex,
  { service, environment }: { service: string; environment: string },
): Promise<ResourceRow[]> {
  return knex<ResourceRow>('resources')
    .whereIn(
      'id',
      knex('resource_connections')
        .where({ service, environment })
        .select('resource_id'),
    )
    .orderBy('name')
    .select('*');
}

/** Those with these ids, whatever their state. */
export function resourcesWith(
  knex: Knex,
  ids: string[],
): Promise<ResourceRow[]> {
  return knex<ResourceRow>('resources').whereIn('id', ids).select('*');
}
