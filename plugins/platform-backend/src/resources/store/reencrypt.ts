import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** Resources whose secrets were encrypted with one of these keys, in the order of their ids. */
export function encryptedWith(
  knex: Knex,
  keyIds: string[],
  page: { limit: number; after: string | undefined },
): Promise<
  Array<Pick<ResourceRow, 'id' | 'name' | 'secrets' | 'secrets_key'>>
> {
  const query = knex<ResourceRow>('resources')
    .whereNotNull('secrets')
    .whereIn('secrets_key', keyIds)
    .orderBy('id')
    .limit(page.limit);
  if (page.after) {
    query.andWhere('id', '>', page.after);
  }
  return query.select('id', 'name', 'secrets', 'secrets_key');
}

/** Stores the same secrets as they are encrypted now, unless there are others since they were read; answers whether it did. */
export async function replaceSecrets(
  knex: Knex,
  read: Pick<ResourceRow, 'id' | 'secrets' | 'secrets_key'>,
  now: Pick<ResourceRow, 'secrets' | 'secrets_key'>,
): Promise<boolean> {
  const changed = await knex<ResourceRow>('resources')
    .where({ id: read.id, secrets_key: read.secrets_key })
    .andWhere('secrets', read.secrets)
    .update(now);
  return changed > 0;
}
