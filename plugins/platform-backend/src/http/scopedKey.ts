import { InputError } from '@backstage/errors';

/**
 * The key under which what a person starts is stored: the same key of the same person starts one thing, however often it
 * is sent. Keys of different people never meet, nor do they meet the platform's own.
 */
export function scopedKey(
  key: string | undefined,
  caller: { userRef: string },
): string | undefined {
  if (key === undefined) {
    return undefined;
  }
  if (!/^[!-~]{1,200}$/.test(key)) {
    throw new InputError(
      'The idempotency key must be 1 to 200 visible ASCII characters without spaces; a UUID is a good one.',
    );
  }
  return `${caller.userRef} ${key}`;
}
