import type { JsonObject } from '@backstage/types';
import { runEndedEvent } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { RunSecrets } from '../RunSecrets';
import type { RunRow, WaitRow } from './rows';
import { withoutSecrets } from './withoutSecrets';

/**
 * Stores that an event has happened, without the secrets of the runs that have waited for it, and answers the waits for it that
 * are open.
 */
export async function recordEvent(
  trx: Knex.Transaction,
  secrets: RunSecrets,
  key: string,
  payload: JsonObject | undefined,
): Promise<string[]> {
  await lockEvent(trx, key);
  const secretive: string[] = await trx('run_waits')
    .join('runs', 'runs.id', 'run_waits.run_id')
    .where({ event_key: key, has_secrets: true })
    .distinct()
    .pluck('run_id');
  let told = payload;
  for (const runId of secretive) {
    told = (await secrets.redactor(runId, trx)).json(told);
  }
  await storeEvent(trx, key, told);
  return trx<WaitRow>('run_waits')
    .where({ event_key: key, state: 'open' })
    .pluck('id');
}

/** Stores that runs have ended, and answers the waits for it that are open: a handful of statements, however many runs. */
export async function recordRunEnds(
  trx: Knex.Transaction,
  ends: Array<{ runId: string; state: string }>,
): Promise<string[]> {
  const events = ends
    .map(({ runId, state }) => ({
      key: runEndedEvent(runId),
      payload: JSON.stringify({ state }),
    }))
    // Always in the same order, so that two backends never wait for each other.
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const keys = events.map(({ key }) => key);
  await trx.raw(
    'SELECT pg_advisory_xact_lock(hashtextextended(key, 1)) FROM unnest(?::text[]) AS key',
    [keys],
  );
  await trx('run_events').insert(events).onConflict('key').merge();
  return trx<WaitRow>('run_waits')
    .whereIn('event_key', keys)
    .where({ state: 'open' })
    .pluck('id');
}

/** What came with an event; `undefined` where it brought nothing. */
export async function eventPayload(
  trx: Knex.Transaction,
  key: string,
): Promise<JsonObject | undefined> {
  const event = await trx('run_events').where({ key }).first('payload');
  return event?.payload ?? undefined;
}

/**
 * The event that a locked run is about to wait for, if it has happened already; the secrets of the run are taken out of it for
 * everybody.
 */
export async function findEvent(
  trx: Knex.Transaction,
  secrets: RunSecrets,
  run: RunRow,
  key: string,
): Promise<{ payload?: JsonObject } | undefined> {
  await lockEvent(trx, key);
  const event = await trx('run_events').where({ key }).first('payload');
  if (!event?.payload) {
    return event && {};
  }
  const told = await withoutSecrets(trx, secrets, run, event, ['payload']);
  if (told !== event) {
    await storeEvent(trx, key, told.payload);
  }
  return told;
}

/** Events are kept for waits that come later, not for ever. */
export async function forgetOldEvents(knex: Knex): Promise<void> {
  await knex('run_events')
    .whereRaw(`at < clock_timestamp() - interval '30 days'`)
    .delete();
}

/** An event and a wait for it never pass each other unseen: both are stored under this lock. */
async function lockEvent(trx: Knex.Transaction, key: string): Promise<void> {
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 1))', [key]);
}

async function storeEvent(
  trx: Knex.Transaction,
  key: string,
  payload: JsonObject | undefined,
): Promise<void> {
  await trx('run_events')
    .insert({ key, payload: payload && JSON.stringify(payload) })
    .onConflict('key')
    .merge();
}
