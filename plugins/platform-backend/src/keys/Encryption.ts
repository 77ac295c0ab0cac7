import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM; what is encrypted belongs to a context, and can't be moved to another. */
export class Encryption {
  readonly #key: Buffer;
  readonly #fingerprintKey: Buffer;

  /** @param key - 32 bytes */
  constructor(key: Buffer) {
    const derive = (purpose: string) =>
      Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
    this.#key = derive('encrypt');
    this.#fingerprintKey = derive('fingerprint');
  }

  encrypt(value: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** Throws where it was encrypted with another key or for another context, or has been changed. */
  decrypt(encrypted: Buffer, context: string): string {
    const nonce = encrypted.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(
      encrypted.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    );
    return Buffer.concat([
      decipher.update(encrypted.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  }

  /** Tells equal values of a context without telling the value. */
  fingerprint(value: string, context: string): string {
    return createHmac('sha256', this.#fingerprintKey)
      .update(`${context}\0${value}`)
      .digest('hex');
  }
}
