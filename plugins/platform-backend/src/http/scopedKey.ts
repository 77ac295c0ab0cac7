import { InputError } from '@backstage/errors';

/** An idempotency key as it was given. Throws `InputError` where it is none. */
export function checkedKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^[!-~]{1,200}$/.test(key)) {
    throw new InputError(
      'The idempotency key must be 1 to 200 visible ASCII characters without spaces; a UUID is a good one.',
    );
  }
  return key;
}

/**
 * The key under which what a person starts is stored: the same key of the same person starts one thing, however often it
 * is sent. Keys of different people never meet, nor do they meet the platform's own.
 */
export function scopedKey(
  key: string | undefined,
  caller: { userRef: string },
): string | undefined {
  const checked = checkedKey(key);
  return checked === undefined ? undefined : `${caller.userRef} ${checked}`;
}
