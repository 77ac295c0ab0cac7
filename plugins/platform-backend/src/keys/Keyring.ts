import type { PurposeKey } from './createKeys';
import { Encryption } from './Encryption';

/** What was encrypted, and the id of the key that it takes to read it. */
export interface Encrypted {
  ciphertext: Buffer;
  /** Missing on what was encrypted before keys had ids. */
  keyId: string | undefined;
}

/** Encrypts with the current key, and reads what was encrypted with any that is known. */
export class Keyring {
  readonly #current: Encryption;
  readonly #byId: ReadonlyMap<string, Encryption>;
  /** The id of the key that is encrypted with. */
  readonly currentId: string;

  /** @param keys - the current one first */
  constructor(keys: readonly PurposeKey[]) {
    const [current] = keys;
    if (!current) {
      throw new Error('A keyring needs a key.');
    }
    this.#byId = new Map(keys.map(({ id, key }) => [id, new Encryption(key)]));
    this.#current = new Encryption(current.key);
    this.currentId = current.id;
  }

  /** The ids of the keys that can be read with and aren't encrypted with any more. */
  get previousIds(): string[] {
    return [...this.#byId.keys()].filter(id => id !== this.currentId);
  }

  encrypt(
    value: string,
    context: string,
  ): { ciphertext: Buffer; keyId: string } {
    return {
      ciphertext: this.#current.encrypt(value, context),
      keyId: this.currentId,
    };
  }

  /** Throws where its key isn't known, or it was encrypted for another context or has been changed. */
  decrypt({ ciphertext, keyId }: Encrypted, context: string): string {
    const encryption = keyId === undefined ? undefined : this.#byId.get(keyId);
    if (encryption) {
      return encryption.decrypt(ciphertext, context);
    }
    if (keyId !== undefined) {
      throw new Error(`There is no key ${keyId}.`);
    }
    for (const known of this.#byId.values()) {
      try {
        return known.decrypt(ciphertext, context);
      } catch {
        // Encrypted with another.
      }
    }
    throw new Error('No key that is known reads this.');
  }

  /** Tells equal values of a context without telling the value; with another current key, it is another. */
  fingerprint(value: string, context: string): string {
    return this.#current.fingerprint(value, context);
  }
}
