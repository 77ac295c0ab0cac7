import type { Knex } from 'knex';
import type { ConnectionRow } from './rows';

/** Who is connected to each of these resources. */
export function connectionsTo(
  knex: Knex,
  resourceIds: string[],
): Promise<ConnectionRow[]> {
  return knex<ConnectionRow>('resource_connections')
    .whereIn('resource_id', resourceIds)
    .orderBy(['service', 'alias'])
    .select('*');
}
