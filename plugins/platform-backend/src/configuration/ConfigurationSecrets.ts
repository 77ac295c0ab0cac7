import { ConflictError } from '@backstage/errors';
import type { EncryptedStore, Keyring } from '../keys';
import type {
  ChangeRow,
  ConfigurationStore,
  Place,
} from './ConfigurationStore';

type Stored = Pick<ChangeRow, 'secrets' | 'secrets_key'>;

/** Encrypts the secrets of a configuration, all of one together; they can't be moved to another service or environment. */
export class ConfigurationSecrets {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  encrypt(place: Place, secrets: Record<string, string>): Stored {
    if (Object.keys(secrets).length === 0) {
      return { secrets: null, secrets_key: null };
    }
    const { ciphertext, keyId } = this.#keyring.encrypt(
      JSON.stringify(secrets),
      contextOf(place),
    );
    return { secrets: ciphertext, secrets_key: keyId };
  }

  /** Throws `ConflictError` that says what to do where the key is lost. */
  decrypt(row: Place & Stored): Record<string, string> {
    const { secrets: ciphertext, secrets_key: keyId } = row;
    if (!ciphertext || !keyId) {
      return {};
    }
    try {
      return JSON.parse(
        this.#keyring.decrypt({ ciphertext, keyId }, contextOf(row)),
      );
    } catch {
      throw new ConflictError(
        `The secrets of ${row.service} in ${row.environment} were encrypted with the key ${keyId}, and can't be read with the keys this portal has. Put that key back as platform.encryptionKey, or into platform.previousEncryptionKeys; where it is lost, set each secret anew.`,
      );
    }
  }

  /** As something to be encrypted anew when the key changes. */
  encryptedStore(store: ConfigurationStore): EncryptedStore {
    return {
      what: 'secrets of configurations',
      reencrypt: async (limit, after) => {
        const rows = await store.encryptedWith(this.#keyring.previousIds, {
          limit,
          after,
        });
        let done = 0;
        for (const row of rows) {
          const secrets = this.#readable(row);
          if (Object.keys(secrets).length > 0) {
            const now = this.encrypt(row, secrets);
            done += (await store.replaceSecrets(row, now)) ? 1 : 0;
          }
        }
        return { done, last: rows.at(-1)?.id };
      },
    };
  }

  #readable(row: Place & Stored): Record<string, string> {
    try {
      return this.decrypt(row);
    } catch {
      return {};
    }
  }
}

function contextOf({ service, environment }: Place): string {
  return `configuration of ${service} in ${environment}`;
}
