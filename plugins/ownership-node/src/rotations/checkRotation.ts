import {
  fullReference,
  isTimeZone,
  minutesOf,
} from '@slipway/plugin-ownership-common';
import { didYouMean, type FieldProblem } from '@slipway/plugin-platform-node';
import type { RotationDocument } from './rotationDocument';
import { momentOf } from './toRotation';

/** Who there is; full references, in lower case. */
export interface KnownPeople {
  users: ReadonlySet<string>;
  groups: ReadonlySet<string>;
}

type Layer = RotationDocument['spec']['layers'][number];

/** What is wrong with a rotation although each of its fields has the right form. */
export function checkRotation(
  { spec }: RotationDocument,
  { users, groups }: KnownPeople,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const object = (path: PropertyKey[], message: string) =>
    problems.push({ path: ['spec', ...path], message });
  const find = (
    text: string,
    kind: 'user' | 'group',
    path: PropertyKey[],
  ): string | undefined => {
    const known = kind === 'user' ? users : groups;
    const reference = fullReference(text, kind);
    if (reference === undefined || !known.has(reference)) {
      const names = [...known].map(one => one.split('/')[1]);
      object(
        path,
        `There is no ${kind} "${text}" in the catalog.${didYouMean(text, names)} Name one that org/ has.`,
      );
    }
    return reference;
  };

  find(spec.team, 'group', ['team']);
  const isZone = isTimeZone(spec.timeZone);
  if (!isZone) {
    object(
      ['timeZone'],
      `There is no time zone "${spec.timeZone}". Use a name of the IANA database, such as Europe/Berlin.`,
    );
  }
  for (const [index, layer] of spec.layers.entries()) {
    const path = ['layers', index];
    layer.people.forEach((person, place) =>
      find(person, 'user', [...path, 'people', place]),
    );
    if (spec.layers.findIndex(({ name }) => name === layer.name) < index) {
      object(
        [...path, 'name'],
        `There is a layer "${layer.name}" already. Give each its own name.`,
      );
    }
    if (layer.handOver.day && layer.rotation % 7 !== 0) {
      object(
        [...path, 'handOver', 'day'],
        `Turns of ${layer.rotation === 1 ? '1 day' : `${layer.rotation} days`} don't begin on the same day of the week. Leave the day out, or use weekly or a number of days that is a multiple of 7.`,
      );
    }
    for (const { path: at, message } of checkRestrictions(layer)) {
      object([...path, 'restrict', ...at], message);
    }
  }
  if (isZone) {
    for (const { path, message } of checkOverrides(spec)) {
      object(['overrides', ...path], message);
    }
  }
  spec.overrides.forEach(({ person }, index) =>
    find(person, 'user', ['overrides', index, 'person']),
  );
  return problems;
}

function checkRestrictions({ restrict }: Layer): FieldProblem[] {
  const hours = restrict.map(({ days, from, until }) => ({
    days,
    from: minutesOf(from) ?? 0,
    until: minutesOf(until) ?? 0,
  }));
  return restrict.flatMap(({ from, until }, index) => {
    const one = hours[index];
    if (one.until <= one.from) {
      return {
        path: [index, 'until'],
        message: `until, ${until}, is not after from, ${from}. Where it goes past midnight, split it: ${from} until 24:00, and 00:00 until ${until} on the days after.`,
      };
    }
    const other = hours.findIndex(
      ({ days, ...earlier }, place) =>
        place < index &&
        days.some(day => one.days.includes(day)) &&
        earlier.from < one.until &&
        one.from < earlier.until,
    );
    return other < 0
      ? []
      : {
          path: [index],
          message: `It overlaps entry ${other + 1} of the list on ${hours[other].days.filter(day => one.days.includes(day)).join(', ')}. Name each hour once.`,
        };
  });
}

function checkOverrides({
  overrides,
  timeZone,
}: RotationDocument['spec']): FieldProblem[] {
  const known: Array<{ from: string; until: string; index: number }> = [];
  return overrides.flatMap((override, index): FieldProblem[] => {
    const [from, until] = [override.from, override.until].map(text =>
      momentOf(text, timeZone),
    );
    if (from === undefined || until === undefined) {
      const field = from === undefined ? 'from' : 'until';
      return [
        {
          path: [index, field],
          message: `There is no day ${override[field].split('T')[0]}. Use one of the calendar.`,
        },
      ];
    }
    if (until <= from) {
      return [
        {
          path: [index, 'until'],
          message: `until, ${override.until}, is not after from, ${override.from}. Put the later moment last.`,
        },
      ];
    }
    const other = known.find(one => one.from < until && from < one.until);
    known.push({ from, until, index });
    return other
      ? [
          {
            path: [index],
            message: `It overlaps entry ${other.index + 1} of the list. One person is on call at a time: shorten or remove one of them.`,
          },
        ]
      : [];
  });
}
