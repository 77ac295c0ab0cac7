import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';

/** PostgreSQL gave up on the transaction for the sake of others: deadlock, serialization failure. Nothing of it was stored. */
const ROLLED_BACK = new Set(['40P01', '40001']);
const ATTEMPTS = 5;

/** A transaction that is tried again when the database rolled it back in favour of another. */
export async function transactionWithRetry<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction(work);
    } catch (error) {
      const { code } = error as { code?: string };
      if (!code || !ROLLED_BACK.has(code) || attempt === ATTEMPTS) {
        throw error;
      }
      await delay(attempt * 20);
    }
  }
}
