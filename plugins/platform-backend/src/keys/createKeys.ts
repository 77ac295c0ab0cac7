import type { RootConfigService } from '@backstage/backend-plugin-api';
import { hkdfSync } from 'node:crypto';

/** The shortest `platform.encryptionKey`, in characters. */
const MIN_LENGTH = 32;
const SALT = 'slipway';
const KEY_BYTES = 32;
/** How many characters a key's id has; enough to tell the few keys of a portal apart. */
const ID_LENGTH = 12;

/** A key for one purpose. */
export interface PurposeKey {
  /** Tells which `platform.encryptionKey` it comes from, without telling anything of it. */
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** Keys for one purpose each, none of which says anything about another. */
export interface Keys {
  /** 32 bytes; always the same for the same purpose and `platform.encryptionKey`. */
  derive(purpose: string): Buffer;
  /** The same with the keys of before, the current one first: what was encrypted with any of them can be read. */
  deriveAll(purpose: string): PurposeKey[];
}

/**
 * Derives keys from `platform.encryptionKey` and `platform.previousEncryptionKeys` with HKDF-SHA256 (RFC 5869). Throws where one is missing
 * or too short.
 */
export function createKeys(config: RootConfigService): Keys {
  const current = config.getOptionalString('platform.encryptionKey') ?? '';
  requireLength('platform.encryptionKey', current);
  const previous =
    config.getOptionalStringArray('platform.previousEncryptionKeys') ?? [];
  previous.forEach((secret, index) =>
    requireLength(`platform.previousEncryptionKeys[${index}]`, secret),
  );
  // The key in use may still be listed among those of before.
  const secrets = [...new Set([current, ...previous])];
  return {
    derive: purpose => derive(current, purpose),
    deriveAll: purpose =>
      secrets.map(secret => ({
        id: derive(secret, 'key-id').toString('hex').slice(0, ID_LENGTH),
        key: derive(secret, purpose),
      })),
  };
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, SALT, purpose, KEY_BYTES));
}

function requireLength(where: string, secret: string): void {
  if (secret.length < MIN_LENGTH) {
    throw new Error(
      `${where} ${
        secret ? `has ${secret.length} characters` : 'is missing'
      }. Set it to at least ${MIN_LENGTH} random characters, the same for every backend: openssl rand -base64 32 makes some.`,
    );
  }
}
