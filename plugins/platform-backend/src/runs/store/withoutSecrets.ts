import type { Knex } from 'knex';
import type { RunSecrets } from '../RunSecrets';
import type { RunRow } from './rows';

/**
 * Takes the run's secrets out of these fields, and leaves alone what steers the engine. Called with the run locked, so that no
 * secret is registered between this and the end of the transaction.
 */
export async function withoutSecrets<T extends object>(
  trx: Knex.Transaction,
  secrets: RunSecrets,
  run: Pick<RunRow, 'id' | 'has_secrets'>,
  value: T,
  fields: string[],
): Promise<T> {
  if (!run.has_secrets) {
    return value;
  }
  const redactor = await secrets.redactor(run.id, trx);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      fields.includes(name) ? redactor.json(field) : field,
    ]),
  ) as T;
}
