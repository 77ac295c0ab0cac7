import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { groupBy } from '../groupBy';
import type { LeaverStore } from '../leavers';
import type { Organisation, Person, Team } from './types';

interface TeamRow {
  group_ref: string;
  title: string;
  description: string | null;
  type: string | null;
  parent_ref: string | null;
  annotations: Record<string, string>;
}

interface MemberRow {
  group_ref: string;
  user_ref: string;
}

interface PersonRow {
  user_ref: string;
  title: string;
  email: string | null;
  last_active_at: Date | null;
}

/** Groups and people, as the catalog had them last. */
export class OrganisationStore {
  readonly #knex: Knex;
  readonly #leavers: Pick<LeaverStore, 'note'>;

  constructor(options: { knex: Knex; leaverStore: Pick<LeaverStore, 'note'> }) {
    this.#knex = options.knex;
    this.#leavers = options.leaverStore;
  }

  async read(knex: Knex = this.#knex): Promise<Organisation> {
    const teams: TeamRow[] = await knex('teams').orderBy('group_ref');
    const people: PersonRow[] = await knex('people').orderBy('user_ref');
    const members: MemberRow[] = await knex('members').orderBy([
      'group_ref',
      'user_ref',
    ]);
    const byTeam = groupBy(members, ({ group_ref: ref }) => ref);
    return {
      teams: teams.map(row => ({
        groupRef: row.group_ref,
        title: row.title,
        description: row.description ?? undefined,
        type: row.type ?? undefined,
        parentRef: row.parent_ref ?? undefined,
        annotations: row.annotations,
        members: (byTeam.get(row.group_ref) ?? []).map(
          ({ user_ref: ref }) => ref,
        ),
      })),
      people: people.map(row => ({
        userRef: row.user_ref,
        title: row.title,
        email: row.email ?? undefined,
        lastActiveAt: row.last_active_at?.toISOString(),
      })),
    };
  }

  /**
   * Puts these in the place of those that were there. Answers the references of the groups and people that aren't as they were;
   * somebody who joined or left a group isn't either.
   */
  async replace({ teams, people }: Organisation): Promise<string[]> {
    return this.#knex.transaction(async trx => {
      await trx.raw('LOCK TABLE teams IN SHARE ROW EXCLUSIVE MODE');
      const before = await this.read(trx);
      const groups = differences(
        before.teams,
        teams,
        ({ groupRef }) => groupRef,
      );
      const users = differences(
        before.people,
        people,
        ({ userRef }) => userRef,
      );
      const present = new Set(people.map(({ userRef }) => userRef));
      await this.#leavers.note(
        trx,
        before.people
          .filter(({ userRef }) => !present.has(userRef))
          .map(({ userRef, title }) => ({
            person: userRef,
            title,
            teams: before.teams
              .filter(({ members }) => members.includes(userRef))
              .map(({ groupRef }) => groupRef),
          })),
        [...present],
      );
      const newTeams = teams.filter(({ groupRef }) => groups.has(groupRef));
      const newPeople = people.filter(({ userRef }) => users.has(userRef));
      await trx('members')
        .whereIn('group_ref', [...groups])
        .delete();
      await trx('teams')
        .whereIn('group_ref', [...groups])
        .delete();
      await trx('people')
        .whereIn('user_ref', [...users])
        .delete();
      await trx.batchInsert('teams', newTeams.map(teamRow), 500);
      await trx.batchInsert('people', newPeople.map(personRow), 500);
      await trx.batchInsert(
        'members',
        newTeams.flatMap(({ groupRef, members }) =>
          members.map(ref => ({ group_ref: groupRef, user_ref: ref })),
        ),
        500,
      );
      const moved = [...groups].flatMap(group => [
        ...symmetricDifference(
          membersOf(before.teams, group),
          membersOf(teams, group),
        ),
      ]);
      return [...new Set([...groups, ...users, ...moved])];
    });
  }
}

function membersOf(teams: readonly Team[], group: string): string[] {
  return teams.find(({ groupRef }) => groupRef === group)?.members ?? [];
}

function symmetricDifference(
  one: readonly string[],
  other: readonly string[],
): string[] {
  return [
    ...one.filter(ref => !other.includes(ref)),
    ...other.filter(ref => !one.includes(ref)),
  ];
}

/** The references of what is only in one of the lists, or not the same in both. */
function differences<T>(
  before: readonly T[],
  after: readonly T[],
  refOf: (one: T) => string,
): Set<string> {
  const [old, now] = [before, after].map(
    list => new Map(list.map(one => [refOf(one), one])),
  );
  return new Set(
    [...old.keys(), ...now.keys()].filter(
      ref => !isDeepStrictEqual(old.get(ref), now.get(ref)),
    ),
  );
}

function teamRow(team: Team) {
  return {
    group_ref: team.groupRef,
    title: team.title,
    description: team.description,
    type: team.type,
    parent_ref: team.parentRef,
    annotations: JSON.stringify(team.annotations),
  };
}

function personRow(person: Person) {
  return {
    user_ref: person.userRef,
    title: person.title,
    email: person.email,
    last_active_at: person.lastActiveAt,
  };
}
