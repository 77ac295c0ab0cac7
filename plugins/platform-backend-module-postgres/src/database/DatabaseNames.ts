import type { ProvidedResource } from '@slipway/plugin-platform-node';

/** The longest name that PostgreSQL keeps whole is 63 bytes; the longest of these is the start, the key and `_` and `_ro_a`. */
const LONGEST_START = 32;
/** 128 bits take 25 digits to the base of 36. */
const KEY_LENGTH = 25;

/** Of two credentials one is in use, and the other is free for the next rotation. */
export type Slot = 'a' | 'b';
export const SLOTS: readonly Slot[] = ['a', 'b'];

/** What the parts of one resource are called on its server. */
export interface DatabaseNames {
  database: string;
  /** What the database is called while it can be restored. */
  deleted: string;
  /** Owns the database and everything in it; nobody logs in as it. */
  owner: string;
  /** Reads everything; nobody logs in as it. */
  reader: string;
  /** Those who log in, and act as the owner. */
  logins: Record<Slot, string>;
  /** Those who log in to read. */
  readerLogins: Record<Slot, string>;
}

/**
 * Names that people recognise and that no two resources share: the start of the resource's name, and all of its id. An adopted
 * database keeps the name that it has.
 */
export function namesOf(
  resource: Pick<ProvidedResource, 'id' | 'name' | 'state'>,
): DatabaseNames {
  const start = resource.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, LONGEST_START);
  const key = BigInt(`0x${resource.id.replaceAll('-', '')}`)
    .toString(36)
    .padStart(KEY_LENGTH, '0');
  const owner = `${start}_${key}`;
  const reader = `${owner}_ro`;
  return {
    database:
      typeof resource.state.database === 'string'
        ? resource.state.database
        : owner,
    deleted: `deleted_${key}`,
    owner,
    reader,
    logins: { a: `${owner}_a`, b: `${owner}_b` },
    readerLogins: { a: `${reader}_a`, b: `${reader}_b` },
  };
}

/** Which credential the resource's outputs hold. */
export function slotOf(
  names: DatabaseNames,
  { outputs }: Pick<ProvidedResource, 'outputs'>,
): Slot {
  return outputs.username === names.logins.b ? 'b' : 'a';
}

export function otherSlot(slot: Slot): Slot {
  return slot === 'a' ? 'b' : 'a';
}
