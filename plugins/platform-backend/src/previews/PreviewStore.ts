import {
  previewName,
  type PreviewState,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/** A row of `previews`. */
export interface PreviewRow {
  id: string;
  number: number;
  base: string;
  service: string;
  branch: string;
  merge_request: number | null;
  state: PreviewState;
  reason: string | null;
  requested_by: string;
  created_at: Date;
  expires_at: Date;
  shown_pipeline_id: string | null;
  warned_at: Date | null;
  removal_run_id: string | null;
  removal_begun_at: Date | null;
  removed_at: Date | null;
}

/** What a preview is made from. */
export interface NewPreview {
  base: string;
  service: string;
  branch: string;
  mergeRequest?: number;
  requestedBy: string;
  lifeMs: number;
  /** How many there may be of this base at once. */
  maximum: number;
}

/** Which are wanted; all left out: all of them. */
export interface PreviewFilter {
  service?: string;
  branch?: string;
  states?: readonly PreviewState[];
}

const LISTED = 200;

/** Where previews live. */
export class PreviewStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The one that the branch has already, or a new one; `undefined` where there are as many as may be. */
  async make(request: NewPreview): Promise<PreviewRow | undefined> {
    const { base, service, branch } = request;
    return this.#knex.transaction(async trx => {
      await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 3))', [
        base,
      ]);
      const all: PreviewRow[] = await trx('previews')
        .where({ base })
        .whereNot({ state: 'removed' });
      const known = all.find(
        row => row.service === service && row.branch === branch,
      );
      if (known || all.length >= request.maximum) {
        return known;
      }
      const [row] = await trx('previews')
        .insert({
          id: randomUUID(),
          base,
          service,
          branch,
          merge_request: request.mergeRequest ?? null,
          state: 'active',
          requested_by: request.requestedBy,
          expires_at: fromNow(trx, request.lifeMs),
        })
        .returning<PreviewRow[]>('*');
      return row;
    });
  }

  async get(id: string): Promise<PreviewRow | undefined> {
    return this.#knex('previews').where({ id }).first();
  }

  /** The newest first. */
  async list({
    service,
    branch,
    states,
  }: PreviewFilter): Promise<PreviewRow[]> {
    const query = this.#knex('previews')
      .orderBy('number', 'desc')
      .limit(LISTED);
    if (service) {
      query.where({ service });
    }
    if (branch) {
      query.where({ branch });
    }
    if (states) {
      query.whereIn('state', states);
    }
    return query;
  }

  /** Those there ever were for a merge request, of a service that it is of. */
  async everFor(service: string, mergeRequest: number): Promise<boolean> {
    const row = await this.#knex('previews')
      .where({ service, merge_request: mergeRequest })
      .first('id');
    return row !== undefined;
  }

  /** Says which merge request a preview is for that was there before it. */
  async belongsTo(id: string, mergeRequest: number): Promise<void> {
    await this.#knex('previews')
      .where({ id })
      .update({ merge_request: mergeRequest });
  }

  /** Answers it as it is then; `undefined` where it isn't active any more. */
  async extend(id: string, lifeMs: number): Promise<PreviewRow | undefined> {
    const [row] = await this.#knex('previews')
      .where({ id, state: 'active' })
      .update({ expires_at: fromNow(this.#knex, lifeMs), warned_at: null })
      .returning<PreviewRow[]>('*');
    return row;
  }

  /** What this pipeline made is deployed to it. */
  async shows(id: string, pipelineId: string): Promise<void> {
    await this.#knex('previews')
      .where({ id })
      .update({ shown_pipeline_id: pipelineId });
  }

  /** A run takes it away from now on. */
  async removing(
    trx: Knex.Transaction,
    id: string,
    { runId, reason }: { runId: string; reason: string },
  ): Promise<void> {
    await trx('previews')
      .where({ id })
      .whereNot({ state: 'removed' })
      .update({
        state: 'removing',
        reason,
        removal_run_id: runId,
        removal_begun_at: trx.raw('clock_timestamp()'),
      });
  }

  async removed(id: string): Promise<void> {
    await this.#knex('previews')
      .where({ id })
      .whereNot({ state: 'removed' })
      .update({
        state: 'removed',
        removed_at: this.#knex.raw('clock_timestamp()'),
      });
  }

  /** Active ones that end within this time, and whose team doesn't know yet. */
  async ending(withinMs: number): Promise<PreviewRow[]> {
    return this.#knex('previews')
      .where({ state: 'active' })
      .whereNull('warned_at')
      .where('expires_at', '<=', fromNow(this.#knex, withinMs));
  }

  async warned(id: string): Promise<void> {
    await this.#knex('previews')
      .where({ id })
      .update({ warned_at: this.#knex.raw('clock_timestamp()') });
  }
}

function fromNow(knex: Knex, milliseconds: number) {
  return knex.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [
    milliseconds,
  ]);
}

/** The name of its environment. */
export function environmentOf({
  base,
  number,
}: Pick<PreviewRow, 'base' | 'number'>): string {
  return previewName(base, number);
}
