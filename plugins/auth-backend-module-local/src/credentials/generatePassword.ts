import { randomInt } from 'node:crypto';

/** Without `i`, `l`, `o`, `0` and `1`, which are easily taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A random password of 20 letters and digits in four groups: 99 bits (20 times the binary logarithm of 31). */
export function generatePassword(): string {
  const group = () =>
    Array.from(
      { length: GROUP_LENGTH },
      () => ALPHABET[randomInt(ALPHABET.length)],
    ).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
