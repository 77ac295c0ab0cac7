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
