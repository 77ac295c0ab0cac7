import type {
  CoverageCounts,
  CoverageDay,
  FindingKind,
  TeamGap,
} from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';
import { countsOf } from '../findings';
import { groupBy } from '../groupBy';

interface CountRow {
  kind: FindingKind;
  count: string;
}

/** How many teams are named as those with the biggest gaps. */
const TEAMS = 20;

/** Counts how much is owned, and keeps what was counted. */
export class CoverageStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async count(): Promise<CoverageCounts> {
    const { rows } = await this.#knex.raw(
      `SELECT count(*)::int AS entities, (count(*) FILTER (WHERE owner IN (SELECT group_ref FROM members)))::int AS owned
       FROM entities WHERE gone_at IS NULL`,
    );
    const findings: CountRow[] = await this.#knex('findings')
      .whereNot({ state: 'closed' })
      .groupBy('kind')
      .select('kind')
      .count();
    return { ...rows[0], findings: countsOf(findings) };
  }

  /** Keeps what is counted now as that of a day. */
  async keep(day: string): Promise<void> {
    await this.#knex('coverage_days')
      .insert({ day, counts: JSON.stringify(await this.count()) })
      .onConflict('day')
      .merge();
  }

  /** The oldest first. */
  async days(since: string): Promise<CoverageDay[]> {
    const rows: Array<{ day: string; counts: CoverageCounts }> =
      await this.#knex('coverage_days')
        .where('day', '>=', since)
        .orderBy('day');
    // A kind of finding may be younger than the day.
    return rows.map(({ day, counts }) => ({
      day,
      ...counts,
      findings: { ...countsOf([]), ...counts.findings },
    }));
  }

  /** The teams with the most findings, the most first. */
  async gaps(): Promise<TeamGap[]> {
    const rows: Array<CountRow & { owner: string | null }> = await this.#knex(
      'findings',
    )
      .whereNot({ state: 'closed' })
      .groupBy('owner', 'kind')
      .orderBy(['owner', 'kind'])
      .select('owner', 'kind')
      .count();
    const totalOf = (counts: CountRow[]) =>
      counts.reduce((sum, { count }) => sum + Number(count), 0);
    const worst = [...groupBy(rows, ({ owner }) => owner ?? '')]
      .sort(([, a], [, b]) => totalOf(b) - totalOf(a))
      .slice(0, TEAMS);
    const owned: Array<{
      owner: string | null;
      title: string | null;
      count: string;
    }> = await this.#knex('entities as e')
      .leftJoin('teams as t', 't.group_ref', 'e.owner')
      .whereNull('e.gone_at')
      .where(query =>
        query
          .whereIn(
            'e.owner',
            worst.map(([owner]) => owner),
          )
          .orWhereNull('e.owner'),
      )
      .groupBy('e.owner', 't.title')
      .select('e.owner', 't.title')
      .count();
    const byOwner = new Map(owned.map(one => [one.owner ?? '', one]));
    return worst.map(([team, counts]) => ({
      ...(team !== '' && { team }),
      title: team === '' ? 'Nobody' : (byOwner.get(team)?.title ?? team),
      entities: Number(byOwner.get(team)?.count ?? 0),
      findings: countsOf(counts),
    }));
  }
}
