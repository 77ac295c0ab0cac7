import { InputError } from '@backstage/errors';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Redactor, RunSecrets } from '../runs/RunSecrets';
import { lockRun } from '../runs/store/lockRun';
import { blackout, PUT_BACK, UNREADABLE } from './blackout';
import type { Keyring } from '../keys';
import { MIN_SECRET_LENGTH } from './formsOf';
import { decryptRow, type SecretRow } from './SecretRow';
import { scrubRun } from './scrubRun';
import { ValueRedactor } from './ValueRedactor';

/** The largest secret, in bytes of UTF-8. */
export const MAX_SECRET_BYTES = 64 * 1024;
/** The most secrets of a run. */
export const MAX_SECRETS = 200;
/** All secrets of a run together, in bytes of UTF-8: they are looked for in everything it says. */
export const MAX_TOTAL_BYTES = 512 * 1024;

interface Known {
  /** The newest secret that is known; a run's secrets get their ids in order, under the run's lock. */
  lastId: string;
  values: string[];
  redactor: ValueRedactor;
}

const NONE: Known = {
  lastId: '0',
  values: [],
  redactor: new ValueRedactor([]),
};

/**
 * {@link RunSecrets} on PostgreSQL. A run's secrets are registered one after the other, under the lock of the run: whatever is stored
 * under that lock is either stored before, and scrubbed, or redacted.
 */
export class DatabaseRunSecrets implements RunSecrets {
  readonly #knex: Knex;
  readonly #keyring: Keyring;
  readonly #known = new Map<string, Known>();

  /** @param options - `keyring`: for this purpose only */
  constructor(options: { knex: Knex; keyring: Keyring }) {
    this.#knex = options.knex;
    this.#keyring = options.keyring;
  }

  async register(runId: string, value: string): Promise<void> {
    checkLength(value);
    const fingerprint = this.#keyring.fingerprint(value, runId);
    await this.#knex.transaction(async trx => {
      await lockRun(trx, runId);
      const same = await trx<SecretRow>('run_secrets')
        .where({ run_id: runId, fingerprint })
        .first('id');
      if (same) {
        return;
      }
      checkRoom(value, (await this.#read(runId, trx)).values);
      const { ciphertext, keyId } = this.#keyring.encrypt(value, runId);
      await trx<SecretRow>('run_secrets').insert({
        run_id: runId,
        fingerprint,
        ciphertext,
        key_id: keyId,
      });
      await trx('runs').where({ id: runId }).update({ has_secrets: true });
      await scrubRun(trx, runId, new ValueRedactor([value]));
    });
  }

  async redactor(runId: string, trx?: Knex.Transaction): Promise<Redactor> {
    try {
      return (await this.#read(runId, trx ?? this.#knex)).redactor;
    } catch (error) {
      if (error instanceof OperationFailedError) {
        return blackout;
      }
      throw error;
    }
  }

  async requireReadable(runId: string): Promise<void> {
    await this.#read(runId, this.#knex);
  }

  forget(runId: string): void {
    this.#known.delete(runId);
  }

  async #read(runId: string, knex: Knex): Promise<Known> {
    const known = this.#known.get(runId) ?? NONE;
    const rows = await knex<SecretRow>('run_secrets')
      .where({ run_id: runId })
      .andWhere('id', '>', known.lastId)
      .orderBy('id');
    if (rows.length === 0) {
      return known;
    }
    const values = [...known.values, ...rows.map(row => this.#decrypt(row))];
    const now = {
      lastId: rows[rows.length - 1].id,
      values,
      redactor: new ValueRedactor(values),
    };
    // What a transaction of its own reads is there for everybody: only its own insert isn't, and that comes after.
    if (BigInt(now.lastId) > BigInt(this.#known.get(runId)?.lastId ?? 0)) {
      this.#known.set(runId, now);
    }
    return now;
  }

  #decrypt(row: SecretRow): string {
    try {
      return decryptRow(this.#keyring, row);
    } catch {
      throw new OperationFailedError({
        message: UNREADABLE,
        hint: PUT_BACK,
      });
    }
  }
}

function checkLength(value: string): void {
  const length = [...value.replace(/[\r\n]/g, '').trim()].length;
  if (length < MIN_SECRET_LENGTH) {
    throw new InputError(
      `A secret needs at least ${MIN_SECRET_LENGTH} characters, and this one has ${length}: shorter ones stand in other words too, so they can't be removed from logs. Use a longer one.`,
    );
  }
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_SECRET_BYTES) {
    throw new InputError(
      `A secret may have ${MAX_SECRET_BYTES / 1024} kB, and this one has ${Math.ceil(bytes / 1024)} kB. Register the values in it one by one.`,
    );
  }
}

function checkRoom(value: string, known: string[]): void {
  if (known.length >= MAX_SECRETS) {
    throw new InputError(
      `A run may have ${MAX_SECRETS} secrets, and this one has them. Split it into several runs.`,
    );
  }
  const total = [value, ...known].reduce(
    (sum, item) => sum + Buffer.byteLength(item),
    0,
  );
  if (total > MAX_TOTAL_BYTES) {
    throw new InputError(
      `All secrets of a run together may have ${MAX_TOTAL_BYTES / 1024} kB, and with this one they would have ${Math.ceil(total / 1024)} kB. Register the values in them one by one.`,
    );
  }
}
