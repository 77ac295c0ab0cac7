import { InputError } from '@backstage/errors';
import {
  LEDGER_GROUPS,
  type LedgerGroup,
  type LedgerRow,
  RUN_ACTIVITIES,
  type RunTimes,
  type WaitLedger,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** The column of `runs` that each grouping goes by. */
const COLUMNS: Record<LedgerGroup, string> = {
  owner: 'owner',
  environment: 'environment',
  goldenPath: 'golden_path',
  kind: 'kind',
};
/** How far back it looks, in days: where nothing is said, and at most. */
const DAYS = 30;
const MOST_DAYS = 366;

/** What to sum up. */
export interface LedgerQuery {
  /** Left out: by the owning team. */
  groupedBy?: LedgerGroup;
  /** Left out: 30. */
  days?: number;
  /** The teams whose runs count; left out, everybody's. */
  owner?: string[];
}

type Row = { everything: number; key: string | null } & Record<string, unknown>;

/** Sums up where the time of runs went. */
export class LedgerService {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The wait ledger of the runs that ended in the last days, the group with the most time waited for people first. Plans that
   * were never started are no runs. Throws `InputError` where the query makes no sense.
   */
  async get(query: LedgerQuery): Promise<WaitLedger> {
    const { groupedBy = 'owner', days = DAYS, owner } = query;
    if (!LEDGER_GROUPS.includes(groupedBy)) {
      throw new InputError(
        `groupedBy: "${groupedBy}" is no grouping. There are: ${LEDGER_GROUPS.join(', ')}.`,
      );
    }
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      throw new InputError(
        `days: it is a whole number from 1 to ${MOST_DAYS}, not ${days}.`,
      );
    }
    const rows = await this.#rows(COLUMNS[groupedBy], days, owner);
    const all = rows.find(({ everything }) => everything === 1);
    return {
      days,
      groupedBy,
      all: toLedgerRow(all),
      groups: rows
        .filter(({ everything }) => everything === 0)
        .map(row => toLedgerRow(row)),
    };
  }

  async #rows(
    column: string,
    days: number,
    owner: string[] | undefined,
  ): Promise<Row[]> {
    const knex = this.#knex;
    const sums = RUN_ACTIVITIES.map(name =>
      knex.raw('SUM(??) AS ??', [`${name}_ms`, `total_${name}`]),
    );
    const medians = RUN_ACTIVITIES.map(name =>
      knex.raw('percentile_cont(0.5) WITHIN GROUP (ORDER BY ??) AS ??', [
        `${name}_ms`,
        `median_${name}`,
      ]),
    );
    const query = knex('runs')
      .whereRaw(`ended_at > now() - ? * interval '24 hours'`, [days])
      .whereRaw('(started_at IS NOT NULL OR people_ms + queue_ms > 0)')
      .select<Row[]>(
        { key: column },
        knex.raw('GROUPING(??) AS everything', [column]),
        knex.raw('COUNT(*) AS runs'),
        knex.raw('COUNT(*) FILTER (WHERE people_ms = 0) AS without_people'),
        ...sums,
        ...medians,
      )
      .groupByRaw('GROUPING SETS ((), (??))', [column])
      .orderByRaw('SUM(people_ms) DESC, COUNT(*) DESC, 1');
    return owner ? query.whereIn('owner', owner) : query;
  }
}

/** Sums and counts arrive as strings, and missing where there was nothing to sum. */
function toLedgerRow(row: Row | undefined): LedgerRow {
  const times = (prefix: string) =>
    Object.fromEntries(
      RUN_ACTIVITIES.map(name => [
        name,
        Math.round(Number(row?.[`${prefix}_${name}`] ?? 0)),
      ]),
    ) as RunTimes;
  return {
    key: row?.key ?? undefined,
    runs: Number(row?.runs ?? 0),
    withoutPeople: Number(row?.without_people ?? 0),
    total: times('total'),
    median: times('median'),
  };
}
