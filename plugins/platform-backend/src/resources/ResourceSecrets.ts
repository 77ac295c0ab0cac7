import { ConflictError } from '@backstage/errors';
import type { Keyring } from '../keys';

/** How secret outputs are stored. */
export interface StoredSecrets {
  secrets: Buffer | null;
  secrets_key: string | null;
}

/** Encrypts the secret outputs of resources, all of one together; they can't be moved to another resource. */
export class ResourceSecrets {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** The ids of the keys of which something may be left. */
  get previousKeyIds(): string[] {
    return this.#keyring.previousIds;
  }

  encrypt(resourceId: string, outputs: Record<string, string>): StoredSecrets {
    if (Object.keys(outputs).length === 0) {
      return { secrets: null, secrets_key: null };
    }
    const { ciphertext, keyId } = this.#keyring.encrypt(
      JSON.stringify(outputs),
      resourceId,
    );
    return { secrets: ciphertext, secrets_key: keyId };
  }

  /** Throws `ConflictError` that says what to do where the key is lost. */
  decrypt(
    resource: StoredSecrets & { id: string; name: string },
  ): Record<string, string> {
    const { id, name, secrets, secrets_key: keyId } = resource;
    if (!secrets || !keyId) {
      return {};
    }
    try {
      return JSON.parse(
        this.#keyring.decrypt({ ciphertext: secrets, keyId }, id),
      );
    } catch {
      throw new ConflictError(
        `The secrets of ${name} were encrypted with the key ${keyId}, and can't be read with the keys this portal has. Put that key back as platform.encryptionKey, or into platform.previousEncryptionKeys; where it is lost, rotate the credentials of ${name} to issue new ones.`,
      );
    }
  }

  /** The same, and nothing where they can't be read: for what works without them. */
  decryptIfReadable(
    resource: StoredSecrets & { id: string; name: string },
  ): Record<string, string> {
    try {
      return this.decrypt(resource);
    } catch {
      return {};
    }
  }
}
