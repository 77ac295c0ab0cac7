import type { PurposeKey } from './createKeys';
import { Encryption } from './Encryption';

/** What was encrypted, and the id of the key that it takes to read it. */
export interface Encrypted {
  ciphertext: Buffer;
  keyId: string;
}

/** Encrypts with the current key, and reads what was encrypted with any that is known. */
export class Keyring {
  readonly #current: string;
  readonly #byId: ReadonlyMap<string, Encryption>;

  /** @param keys - the current one first */
  constructor(keys: readonly PurposeKey[]) {
    const [current] = keys;
    if (!current) {
      throw new Error('A keyring needs a key.');
    }
    this.#current = current.id;
    this.#byId = new Map(keys.map(({ id, key }) => [id, new Encryption(key)]));
  }

  /** The id of the key that is encrypted with. */
  get currentId(): string {
    return this.#current;
  }

  encrypt(value: string, context: string): Encrypted {
    return {
      ciphertext: this.#with(this.#current).encrypt(value, context),
      keyId: this.#current,
    };
  }

  /** Throws where its key isn't known, or it was encrypted for another context or has been changed. */
  decrypt({ ciphertext, keyId }: Encrypted, context: string): string {
    return this.#with(keyId).decrypt(ciphertext, context);
  }

  #with(keyId: string): Encryption {
    const encryption = this.#byId.get(keyId);
    if (!encryption) {
      throw new Error(`There is no key ${keyId}.`);
    }
    return encryption;
  }
}
