import type { Keyring } from '../keys';

/** A row of `run_secrets`. */
export interface SecretRow {
  id: string;
  run_id: string;
  fingerprint: string;
  ciphertext: Buffer;
  /** Empty on what was encrypted before keys had ids. */
  key_id: string | null;
}

/** Throws where its key isn't known. */
export function decryptRow(
  keyring: Keyring,
  { ciphertext, key_id: keyId, run_id: runId }: SecretRow,
): string {
  return keyring.decrypt({ ciphertext, keyId: keyId ?? undefined }, runId);
}
