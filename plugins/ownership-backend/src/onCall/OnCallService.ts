import {
  fullReference,
  type OnCallDuty,
  type Ownership,
  type RotationDetail,
  type RotationList,
  type RotationSummary,
  shifts,
} from '@slipway/plugin-ownership-common';
import type { LocatedRotation } from '@slipway/plugin-ownership-node';
import { ON_CALL_ANNOTATION } from '@slipway/plugin-platform-common';
import type { Names, OrganisationReads, TeamRecord } from '../organisation';
import { dutyOfPerson, dutyOfRotation, nameOf } from './dutyOf';
import type { RotationFiles } from './RotationFiles';

const DAY_MS = 24 * 60 * 60_000;
const PLAN_MS = 28 * DAY_MS;
/** How far ahead a list looks for times without anybody. */
const GAP_MS = 7 * DAY_MS;

/** Says who is on call for what. */
export class OnCallService {
  readonly #rotations: RotationFiles;
  readonly #organisation: OrganisationReads;

  constructor(options: {
    rotations: RotationFiles;
    organisationReads: OrganisationReads;
  }) {
    this.#rotations = options.rotations;
    this.#organisation = options.organisationReads;
  }

  /** Who its role names, else the first rotation of its owner. `undefined` where there is neither. */
  async ofEntity(
    { owner, roles: { onCall: holder } }: Ownership,
    now: Date,
  ): Promise<OnCallDuty | undefined> {
    if (holder?.kind === 'person') {
      const names = await this.#organisation.names([holder.value]);
      return {
        ...dutyOfPerson(holder.value, names),
        inheritedFrom: holder.inheritedFrom,
      };
    }
    const named = holder && this.#rotations.find(holder.value);
    const found = named ?? (owner ? this.#rotations.of(owner)[0] : undefined);
    if (!found) {
      return undefined;
    }
    return {
      ...dutyOfRotation(found.rotation, await this.#names([found]), now),
      inheritedFrom: named ? holder?.inheritedFrom : owner,
    };
  }

  /** The rotations of each team, and who its annotation names, by group reference. */
  async ofTeams(
    teams: readonly TeamRecord[],
    now: Date,
  ): Promise<Map<string, OnCallDuty[]>> {
    const persons = new Map(
      teams.map(({ team, annotations }) => [
        team,
        fullReference(annotations[ON_CALL_ANNOTATION] ?? '', 'user'),
      ]),
    );
    const rotations = teams.flatMap(({ team }) => this.#rotations.of(team));
    const names = await this.#names(
      rotations,
      [...persons.values()].flatMap(ref => ref ?? []),
    );
    return new Map(
      teams.map(({ team }) => {
        const person = persons.get(team);
        const duties = this.#rotations
          .of(team)
          .map(({ rotation }) => dutyOfRotation(rotation, names, now));
        return [
          team,
          person && names.has(person)
            ? [...duties, dutyOfPerson(person, names)]
            : duties,
        ];
      }),
    );
  }

  /** @param team - a group reference; left out, those of all */
  async list(team: string | undefined, now: Date): Promise<RotationList> {
    const rotations =
      team === undefined ? this.#rotations.rotations : this.#rotations.of(team);
    const names = await this.#names(rotations);
    return {
      items: rotations.map(one => summaryOf(one, names, now)),
      problems: [...this.#rotations.problems],
    };
  }

  async find(name: string, now: Date): Promise<RotationDetail | undefined> {
    const found = this.#rotations.find(name);
    if (!found) {
      return undefined;
    }
    const names = await this.#names([found]);
    return {
      ...summaryOf(found, names, now),
      definition: found.rotation,
      shifts: shifts(found.rotation, now, new Date(now.getTime() + PLAN_MS)),
      people: Object.fromEntries(
        peopleIn(found).map(person => [person, nameOf(person, names)]),
      ),
    };
  }

  #names(
    rotations: readonly LocatedRotation[],
    more: readonly string[] = [],
  ): Promise<Names> {
    return this.#organisation.names([
      ...rotations.flatMap(one => [one.rotation.team, ...peopleIn(one)]),
      ...more,
    ]);
  }
}

function summaryOf(
  { rotation, file, line }: LocatedRotation,
  names: Names,
  now: Date,
): RotationSummary {
  const { name, team, timeZone } = rotation;
  const gap = shifts(rotation, now, new Date(now.getTime() + GAP_MS)).find(
    ({ kind }) => kind === 'gap',
  );
  return {
    ...dutyOfRotation(rotation, names, now),
    name,
    team,
    teamTitle: nameOf(team, names),
    timeZone,
    ...(gap && {
      gap: { since: gap.since ?? now.toISOString(), until: gap.until },
    }),
    file,
    line,
  };
}

function peopleIn({ rotation }: LocatedRotation): string[] {
  return [
    ...rotation.layers.flatMap(({ people }) => people),
    ...rotation.overrides.map(({ person }) => person),
  ];
}
