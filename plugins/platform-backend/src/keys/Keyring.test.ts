import { keyringOf } from '../__testUtils__/keyringOf';

describe('Keyring', () => {
  it('encrypts with the current key, and reads what any of its keys encrypted', () => {
    const before = keyringOf(7).encrypt('secret', 'here');
    expect(before.keyId).toBe('key-7');
    const both = keyringOf(8, 7);
    expect(both.decrypt(before, 'here')).toBe('secret');
    expect(both.encrypt('secret', 'here').keyId).toBe('key-8');
    expect(both.previousIds).toEqual(['key-7']);
  });

  it('reads what has no id of a key, where it has the key', () => {
    const { ciphertext } = keyringOf(7).encrypt('secret', 'here');
    const unnamed = { ciphertext, keyId: undefined };
    expect(keyringOf(8, 7).decrypt(unnamed, 'here')).toBe('secret');
    expect(() => keyringOf(8, 9).decrypt(unnamed, 'here')).toThrow(
      'No key that is known reads this.',
    );
  });

  it('reads nothing for another context, with another key, or changed', () => {
    const encrypted = keyringOf(7).encrypt('secret', 'here');
    expect(() => keyringOf(7).decrypt(encrypted, 'there')).toThrow();
    expect(() => keyringOf(8).decrypt(encrypted, 'here')).toThrow('no key');
    encrypted.ciphertext[20] += 1;
    expect(() => keyringOf(7).decrypt(encrypted, 'here')).toThrow();
  });

  it('tells equal values from others, with the current key', () => {
    const value = keyringOf(7).fingerprint('secret', 'here');
    expect(keyringOf(7, 8).fingerprint('secret', 'here')).toBe(value);
    expect(keyringOf(7).fingerprint('other', 'here')).not.toBe(value);
    expect(keyringOf(8, 7).fingerprint('secret', 'here')).not.toBe(value);
  });
});
