import type {
  ReleaseHold,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { type HoldRow, toHold } from './rows';

/** A hold that is to be placed. */
export interface NewHold {
  service: string;
  artifactDigest: string;
  /** The number of the release it is placed for. */
  release: number;
  reason: string;
  verdict?: RolloutVerdict;
  placedBy: string;
}

/** Where holds live, those that were lifted included. */
export class HoldStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Places a hold, or answers the one there is on this digest. */
  async place(hold: NewHold): Promise<ReleaseHold> {
    const { service, release, reason, verdict } = hold;
    const [row] = await this.#knex('release_holds')
      .insert({
        id: randomUUID(),
        service,
        release,
        reason,
        artifact_digest: hold.artifactDigest,
        verdict: verdict && JSON.stringify(verdict),
        placed_by: hold.placedBy,
      })
      .onConflict(
        this.#knex.raw('(service, artifact_digest) WHERE lifted_at IS NULL'),
      )
      .ignore()
      .returning<HoldRow[]>('*');
    return row
      ? toHold(row)
      : ((await this.find(service, hold.artifactDigest)) ?? this.place(hold));
  }

  /** What holds a digest now. */
  async find(
    service: string,
    artifactDigest: string,
  ): Promise<ReleaseHold | undefined> {
    const row = await this.#knex('release_holds')
      .where({ service, artifact_digest: artifactDigest, lifted_at: null })
      .first<HoldRow | undefined>();
    return row && toHold(row);
  }

  /** Lifts a hold; `undefined` where it is none of this service, or was lifted before. */
  async lift(
    service: string,
    id: string,
    lifted: { by: string; reason: string },
  ): Promise<ReleaseHold | undefined> {
    const [row] = await this.#knex('release_holds')
      .where({ id, service, lifted_at: null })
      .update({
        lifted_by: lifted.by,
        lifted_reason: lifted.reason,
        lifted_at: this.#knex.raw('clock_timestamp()'),
      })
      .returning<HoldRow[]>('*');
    return row && toHold(row);
  }

  /** The newest first. */
  async list(service: string, limit: number): Promise<ReleaseHold[]> {
    const rows = await this.#knex('release_holds')
      .where({ service })
      .orderBy('placed_at', 'desc')
      .limit(limit)
      .select<HoldRow[]>('*');
    return rows.map(toHold);
  }
}
