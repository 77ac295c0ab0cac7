import { hkdfSync } from 'node:crypto';

const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 32;
/** Four times what is needed: bytes that would favour some letters are left out, and that is one in thirty. */
const BYTES = 128;
const FAIR = 256 - (256 % LETTERS.length);

/**
 * A password of 32 letters and digits (190 bits), the same for the same key, idempotency key and name: after a crash, an operation goes on with the one
 * it began with. Derived with HKDF-SHA256 (RFC 5869).
 *
 * @param key - 32 bytes, for this purpose only
 */
export function derivePassword(
  key: Buffer,
  idempotencyKey: string,
  name: string,
): string {
  const bytes = new Uint8Array(
    hkdfSync('sha256', key, idempotencyKey, name, BYTES),
  );
  return [...bytes]
    .filter(byte => byte < FAIR)
    .slice(0, LENGTH)
    .map(byte => LETTERS[byte % LETTERS.length])
    .join('');
}
