import { randomUUID } from 'node:crypto';
import type {
  Import,
  ImportCounts,
  ImportRow,
  ImportRowFilter,
  ImportState,
  RowOutcome,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { isId } from '../findings';
import { decodeCursor, encodeCursor, newestFirst, wrongCursor } from '../http';
import type { CheckedRow } from './DraftChecker';
import type { WrittenEntity } from './ImportedEntityStore';

interface Row {
  id: string;
  name: string;
  source: Import['source'];
  state: ImportState;
  counts: ImportCounts;
  created_by: string;
  created_at: Date;
  applied_by: string | null;
  ended_at: Date | null;
}

interface LineRow {
  line: number;
  entity_ref: string | null;
  owner: string | null;
  outcome: RowOutcome;
  problems: string[];
  gaps: string[];
}

const NONE: ImportCounts = {
  rows: 0,
  new: 0,
  changed: 0,
  same: 0,
  error: 0,
  gaps: 0,
  written: 0,
};

/** How long an upload may take before it counts as broken off. */
const RECEIVING = '1 hour';

/** Imports, and their rows. */
export class ImportStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Begins to receive one; it is shown once {@link ImportStore.checked} was called. */
  async begin(
    about: Pick<Import, 'name' | 'source' | 'createdBy'>,
  ): Promise<string> {
    const id = randomUUID();
    await this.#knex('imports').insert({
      id,
      name: about.name,
      source: about.source,
      state: 'receiving',
      counts: JSON.stringify(NONE),
      created_by: about.createdBy,
      created_at: new Date(),
    });
    return id;
  }

  async addRows(id: string, rows: readonly CheckedRow[]): Promise<void> {
    await this.#knex('import_rows').insert(
      rows.map(row => ({
        import_id: id,
        line: row.line,
        entity_ref: row.entityRef,
        owner: row.owner,
        outcome: row.outcome,
        entity: row.entity ? storable(JSON.stringify(row.entity)) : null,
        hash: row.hash,
        problems: row.problems.map(storable),
        gaps: row.gaps.map(storable),
      })),
    );
  }

  /** All rows are there: says of those whose system isn't that it isn't, and counts. */
  async checked(id: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx.raw(
        `UPDATE import_rows r
         SET gaps = gaps || ('The system ' || s.ref || ' is not in the catalog.')
         FROM (
           SELECT line, CASE WHEN system LIKE '%/%' THEN regexp_replace(lower(system), '^(system:)\\?', 'system:')
             ELSE regexp_replace(lower(system), '^(system:)\\?', 'system:default/') END AS ref
           FROM (SELECT line, entity->'spec'->>'system' AS system FROM import_rows WHERE import_id = ?) named
           WHERE system IS NOT NULL
         ) s
         WHERE r.import_id = ? AND r.line = s.line
           AND NOT EXISTS (SELECT FROM entities e WHERE e.entity_ref = s.ref AND e.gone_at IS NULL)
           AND NOT EXISTS (SELECT FROM import_rows o WHERE o.import_id = ? AND o.entity_ref = s.ref AND o.outcome <> 'error')`,
        [id, id, id],
      );
      await trx('imports')
        .where({ id })
        .update({
          state: 'checked',
          counts: JSON.stringify(await this.#count(trx, id)),
        });
    });
  }

  /** Forgets one, with its rows. */
  async drop(id: string): Promise<void> {
    await this.#knex('imports').where({ id }).delete();
  }

  /** Forgets those whose upload broke off. */
  async dropBroken(): Promise<void> {
    await this.#knex('imports')
      .where({ state: 'receiving' })
      .whereRaw(`created_at < now() - interval '${RECEIVING}'`)
      .delete();
  }

  async find(id: string): Promise<Import | undefined> {
    const row: Row | undefined = isId(id)
      ? await this.#knex('imports')
          .where({ id })
          .whereNot({ state: 'receiving' })
          .first()
      : undefined;
    return row && toImport(row);
  }

  /** The newest first. */
  async list(page: { cursor?: string; limit: number }): Promise<Page<Import>> {
    return newestFirst<Row, Import>(
      this.#knex('imports').whereNot({ state: 'receiving' }),
      page,
      { time: 'created_at', isId, toItem: toImport },
    );
  }

  /** By line. */
  async rows(
    id: string,
    filter: ImportRowFilter & { limit: number },
  ): Promise<Page<ImportRow>> {
    const query = this.#knex('import_rows')
      .where({ import_id: id })
      .orderBy('line')
      .limit(filter.limit + 1);
    if (filter.outcome) {
      query.where({ outcome: filter.outcome });
    } else {
      query.whereRaw("(problems <> '{}' OR gaps <> '{}')");
    }
    if (filter.cursor) {
      const [line] = decodeCursor(filter.cursor, 1);
      if (!/^\d{1,9}$/.test(line)) {
        throw wrongCursor();
      }
      query.where('line', '>', Number(line));
    }
    const rows: LineRow[] = await query;
    const items = rows.slice(0, filter.limit).map(toImportRow);
    const last = items.at(-1);
    return {
      items,
      ...(rows.length > filter.limit &&
        last && { nextCursor: encodeCursor([String(last.line)]) }),
    };
  }

  /** Answers whether it was in that state. */
  async advance(
    trx: Knex,
    id: string,
    from: ImportState,
    change: { state: ImportState; applied_by?: string; ended_at?: Date },
  ): Promise<boolean> {
    return (await trx('imports').where({ id, state: from }).update(change)) > 0;
  }

  /** The ids of those that are being written. */
  async applying(): Promise<string[]> {
    return this.#knex('imports')
      .where({ state: 'applying' })
      .orderBy('created_at')
      .pluck('id');
  }

  /** Takes rows that nobody writes yet, and marks them as written. */
  async take(trx: Knex, id: string, limit: number): Promise<WrittenEntity[]> {
    const { rows } = await trx.raw(
      `UPDATE import_rows SET written = true
       WHERE (import_id, line) IN (
         SELECT import_id, line FROM import_rows
         WHERE import_id = ? AND NOT written AND outcome IN ('new', 'changed')
         ORDER BY line LIMIT ? FOR UPDATE SKIP LOCKED
       )
       RETURNING entity_ref, entity, hash`,
      [id, limit],
    );
    return rows;
  }

  /** Whether rows are left that aren't written. */
  async isLeft(id: string): Promise<boolean> {
    const row = await this.#knex('import_rows')
      .where({ import_id: id, written: false })
      .whereIn('outcome', ['new', 'changed'])
      .first('line');
    return row !== undefined;
  }

  /** Counts so many more as written. */
  async addWritten(trx: Knex, id: string, count: number): Promise<void> {
    await trx('imports')
      .where({ id })
      .update({
        counts: trx.raw(
          "jsonb_set(counts, '{written}', to_jsonb((counts->>'written')::int + ?))",
          [count],
        ),
      });
  }

  async #count(trx: Knex, id: string): Promise<ImportCounts> {
    const rows: Array<{
      outcome: RowOutcome;
      count: string;
      gaps: string;
      written: string;
    }> = await trx('import_rows')
      .where({ import_id: id })
      .groupBy('outcome')
      .select(
        'outcome',
        trx.raw('count(*)'),
        trx.raw("count(*) FILTER (WHERE gaps <> '{}') AS gaps"),
        trx.raw('count(*) FILTER (WHERE written) AS written'),
      );
    return rows.reduce<ImportCounts>(
      (counts, { outcome, count, gaps, written }) => ({
        ...counts,
        [outcome]: Number(count),
        rows: counts.rows + Number(count),
        gaps: counts.gaps + Number(gaps),
        written: counts.written + Number(written),
      }),
      NONE,
    );
  }
}

/** PostgreSQL has no place for a NUL character, neither as such nor as JSON writes it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll('\\u0000', '\\ufffd');
}

function toImport(row: Row): Import {
  return {
    id: row.id,
    name: row.name,
    source: row.source,
    state: row.state,
    counts: row.counts,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    appliedBy: row.applied_by ?? undefined,
    endedAt: row.ended_at?.toISOString(),
  };
}

function toImportRow(row: LineRow): ImportRow {
  return {
    line: row.line,
    entityRef: row.entity_ref ?? undefined,
    owner: row.owner ?? undefined,
    outcome: row.outcome,
    problems: row.problems,
    gaps: row.gaps,
  };
}
