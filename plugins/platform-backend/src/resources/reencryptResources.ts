import type { Knex } from 'knex';
import type { EncryptedStore } from '../keys';
import type { ResourceSecrets } from './ResourceSecrets';
import { encryptedWith, replaceSecrets } from './store/reencrypt';

/** The secrets of resources, as something to be encrypted anew. */
export function reencryptResources(
  knex: Knex,
  secrets: ResourceSecrets,
): EncryptedStore {
  return {
    what: 'secrets of resources',
    async reencrypt(limit, after) {
      const rows = await encryptedWith(knex, secrets.previousKeyIds, {
        limit,
        after,
      });
      let done = 0;
      for (const row of rows) {
        const outputs = secrets.decryptIfReadable(row);
        if (Object.keys(outputs).length > 0) {
          const now = secrets.encrypt(row.id, outputs);
          done += (await replaceSecrets(knex, row, now)) ? 1 : 0;
        }
      }
      return { done, last: rows.at(-1)?.id };
    },
  };
}
