import type { RootConfigService } from '@backstage/backend-plugin-api';
import { hkdfSync } from 'node:crypto';

/** The shortest `platform.encryptionKey`, in characters. */
const MIN_LENGTH = 32;
const SALT = 'slipway';
const KEY_BYTES = 32;

/** Keys for one purpose each, none of which says anything about another. */
export interface Keys {
  /** 32 bytes; always the same for the same purpose and `platform.encryptionKey`. */
  derive(purpose: string): Buffer;
}

/** Derives keys from `platform.encryptionKey` with HKDF-SHA256 (RFC 5869). Throws where it is missing or too short. */
export function createKeys(config: RootConfigService): Keys {
  const secret = config.getOptionalString('platform.encryptionKey') ?? '';
  if (secret.length < MIN_LENGTH) {
    throw new Error(
      `platform.encryptionKey ${
        secret ? `has ${secret.length} characters` : 'is missing'
      }. Set it to at least ${MIN_LENGTH} random characters, the same for every backend: openssl rand -base64 32 makes some.`,
    );
  }
  return {
    derive: purpose =>
      Buffer.from(hkdfSync('sha256', secret, SALT, purpose, KEY_BYTES)),
  };
}
