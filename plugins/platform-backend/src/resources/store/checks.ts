import type { Drift } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import type { ResourceRow } from './rows';

/**
 * Takes those that it is time to look at; the next time is set at once, so that each is looked at by one backend, and spread so that they
 * don't come all together. What was looked at otherwise lately waits.
 */
export async function takeDueChecks(
  knex: Knex,
  limit: number,
  everyMs: number,
): Promise<ResourceRow[]> {
  const { rows } = await knex.raw(
    `UPDATE resources SET check_due_at = clock_timestamp() + (:everyMs * (0.75 + random() * 0.25)) * interval '1 millisecond'
     WHERE id IN (
       SELECT id FROM resources
       WHERE state = 'ready' AND check_due_at <= clock_timestamp()
       AND (checked_at IS NULL OR checked_at <= clock_timestamp() - :everyMs * 0.5 * interval '1 millisecond')
       ORDER BY check_due_at LIMIT :limit FOR UPDATE SKIP LOCKED
     )
     RETURNING *`,
    { everyMs, limit },
  );
  return rows;
}

/**
 * Remembers what a look at a resource found; only where that is news, the resource has changed. `undefined` where a run has acted on it
 * since it was read.
 */
export async function storeCheck(
  knex: Knex,
  row: ResourceRow,
  { drift, warning }: { drift?: Drift; warning?: string },
): Promise<ResourceRow | undefined> {
  const isNews =
    !isDeepStrictEqual(drift ?? null, row.drift) ||
    (warning ?? null) !== row.warning;
  const [stored] = await knex('resources')
    .where({ id: row.id, state: 'ready', run_id: row.run_id })
    .update({
      checked_at: knex.raw('clock_timestamp()'),
      ...(isNews && {
        drift: drift ? JSON.stringify(drift) : null,
        warning: warning ?? null,
        version: knex.raw('version + 1'),
        changed_at: knex.raw('clock_timestamp()'),
      }),
      // The same drift, or a warning, is news again once it was gone.
      ...(!drift && { drift_told: null }),
      ...(!warning && { warning_told: false }),
    })
    .returning<ResourceRow[]>('*');
  return stored;
}

/** The owner was told of this drift. */
export async function markDriftTold(
  knex: Knex,
  id: string,
  digest: string,
): Promise<void> {
  await knex('resources').where({ id }).update({ drift_told: digest });
}

/** The owner was told that something is wrong with it. */
export async function markWarningTold(knex: Knex, id: string): Promise<void> {
  await knex('resources').where({ id }).update({ warning_told: true });
}
