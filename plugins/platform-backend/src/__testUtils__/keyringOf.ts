import { Keyring } from '../keys';

/** A keyring of keys that are made of one byte each, the current one first. */
export function keyringOf(...fills: number[]): Keyring {
  return new Keyring(
    fills.map(fill => ({ id: `key-${fill}`, key: Buffer.alloc(32, fill) })),
  );
}
