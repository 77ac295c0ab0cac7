import type {
  TeamDetail,
  TeamName,
  TeamPerson,
  TeamSummary,
} from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';
import { wordsQuery } from '../http';

/** What people call people and groups, by reference. */
export type Names = ReadonlyMap<string, string>;

interface TeamRow {
  group_ref: string;
  title: string;
  description: string | null;
  type: string | null;
  parent_ref: string | null;
  annotations: Record<string, string>;
}

/** A team, without what it owns. */
export type TeamRecord = Pick<
  TeamDetail,
  'team' | 'title' | 'description' | 'type'
> & { parent?: string; annotations: Record<string, string> };

/** Reads teams and people, as the projection has them. */
export class OrganisationReads {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async isPerson(userRef: string): Promise<boolean> {
    return Boolean(
      await this.#knex('people').where({ user_ref: userRef }).first(),
    );
  }

  /** What people call these people and groups, by reference. */
  async names(refs: Iterable<string>): Promise<Names> {
    const list = [...new Set(refs)];
    const rows: Array<{ ref: string; title: string }> = await this.#knex(
      'people',
    )
      .whereIn('user_ref', list)
      .select('user_ref as ref', 'title')
      .unionAll(
        this.#knex('teams')
          .whereIn('group_ref', list)
          .select('group_ref as ref', 'title'),
      );
    return new Map(rows.map(({ ref, title }) => [ref, title]));
  }

  /** Those of these teams that are there. */
  async teams(refs: readonly string[]): Promise<TeamRecord[]> {
    const rows: TeamRow[] = await this.#knex('teams').whereIn('group_ref', [
      ...refs,
    ]);
    return rows.map(toTeam);
  }

  async people(team: string): Promise<TeamPerson[]> {
    const rows: Array<{
      user_ref: string;
      title: string;
      email: string | null;
    }> = await this.#knex('members as m')
      .join('people as p', 'p.user_ref', 'm.user_ref')
      .where('m.group_ref', team)
      .orderBy(['p.title', 'p.user_ref'])
      .select('p.user_ref', 'p.title', 'p.email');
    return rows.map(({ user_ref: person, title, email }) => ({
      person,
      title,
      email: email ?? undefined,
    }));
  }

  async children(team: string): Promise<TeamName[]> {
    const rows: TeamRow[] = await this.#knex('teams')
      .where({ parent_ref: team })
      .orderBy(['title', 'group_ref']);
    return rows.map(nameOfTeam);
  }

  /** Its parent, the parent of that, and so on; each once, even where they go in a circle. */
  async parents(team: TeamRecord): Promise<TeamName[]> {
    const found = new Map<string, TeamName>();
    let next = team.parent;
    while (next !== undefined && next !== team.team && !found.has(next)) {
      const [parent] = await this.teams([next]);
      if (!parent) {
        break;
      }
      found.set(next, { team: parent.team, title: parent.title });
      next = parent.parent;
    }
    return [...found.values()];
  }

  /** All of them by name, or those with words that begin so. */
  async list(q: string | undefined): Promise<TeamSummary[]> {
    const words = wordsQuery(q);
    const { rows } = await this.#knex.raw(
      `SELECT t.*, coalesce(m.count, 0)::int AS people, coalesce(e.count, 0)::int AS entities, coalesce(f.count, 0)::int AS findings
       FROM teams t
       LEFT JOIN (SELECT group_ref, count(*) FROM members GROUP BY 1) m USING (group_ref)
       LEFT JOIN (SELECT owner, count(*) FROM entities WHERE gone_at IS NULL GROUP BY 1) e ON e.owner = t.group_ref
       LEFT JOIN (SELECT owner, count(*) FROM findings WHERE state <> 'closed' GROUP BY 1) f ON f.owner = t.group_ref
       WHERE ?::text IS NULL OR to_tsvector('simple', translate(split_part(t.group_ref, '/', 2) || ' ' || t.title, '-_./:', '     ')) @@ to_tsquery('simple', ?)
       ORDER BY t.title, t.group_ref`,
      [words ?? null, words ?? null],
    );
    return rows.map(
      (
        row: TeamRow & { people: number; entities: number; findings: number },
      ) => {
        const { annotations: _, ...team } = toTeam(row);
        const { people, entities, findings } = row;
        return { ...team, people, entities, findings };
      },
    );
  }
}

function toTeam(row: TeamRow): TeamRecord {
  return {
    ...nameOfTeam(row),
    description: row.description ?? undefined,
    type: row.type ?? undefined,
    parent: row.parent_ref ?? undefined,
    annotations: row.annotations,
  };
}

function nameOfTeam({ group_ref: team, title }: TeamRow): TeamName {
  return { team, title };
}
