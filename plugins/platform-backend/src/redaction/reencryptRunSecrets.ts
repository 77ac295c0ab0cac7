import type { Knex } from 'knex';
import type { EncryptedStore, Keyring } from '../keys';
import { decryptRow, type SecretRow } from './SecretRow';

/** The secrets of runs, as something to be encrypted anew. */
export function reencryptRunSecrets(
  knex: Knex,
  keyring: Keyring,
): EncryptedStore {
  return {
    what: 'secrets of runs',
    reencrypt: (limit, after = '0') =>
      knex.transaction(async trx => {
        const rows = await trx<SecretRow>('run_secrets')
          .where('id', '>', after)
          .andWhere(outdated =>
            outdated
              .whereIn('key_id', keyring.previousIds)
              .orWhereNull('key_id'),
          )
          .orderBy('id')
          .limit(limit)
          .forUpdate()
          .skipLocked();
        let done = 0;
        for (const row of rows) {
          const value = tryDecrypt(keyring, row);
          if (value !== undefined) {
            await replace(trx, keyring, row, value);
            done += 1;
          }
        }
        return { done, last: rows.at(-1)?.id };
      }),
  };
}

function tryDecrypt(keyring: Keyring, row: SecretRow): string | undefined {
  try {
    return decryptRow(keyring, row);
  } catch {
    return undefined;
  }
}

/** Where the run has been told the same secret with the current key already, that one stays. */
async function replace(
  trx: Knex.Transaction,
  keyring: Keyring,
  { id, run_id: runId }: SecretRow,
  value: string,
): Promise<void> {
  const fingerprint = keyring.fingerprint(value, runId);
  const same = await trx<SecretRow>('run_secrets')
    .where({ run_id: runId, fingerprint })
    .whereNot({ id })
    .first('id');
  if (same) {
    await trx('run_secrets').where({ id }).delete();
    return;
  }
  const { ciphertext, keyId } = keyring.encrypt(value, runId);
  await trx<SecretRow>('run_secrets')
    .where({ id })
    .update({ fingerprint, ciphertext, key_id: keyId });
}
