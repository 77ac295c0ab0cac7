import {
  dayNumberOf,
  fullReference,
  instantOf,
  minutesOf,
  type OnCallRotation,
} from '@slipway/plugin-ownership-common';
import type { RotationDocument } from './rotationDocument';

/** The rotation that a document describes. References that can't be read stay as they are. */
export function toRotation({
  metadata: { name },
  spec: { team, timeZone, layers, overrides },
}: RotationDocument): OnCallRotation {
  const personOf = (text: string) => fullReference(text, 'user') ?? text;
  return {
    name,
    team: fullReference(team, 'group') ?? team,
    timeZone,
    layers: layers.map(({ rotation, people, ...layer }) => ({
      ...layer,
      people: people.map(personOf),
      turnDays: rotation,
    })),
    overrides: overrides.map(({ person, from, until, ...rest }) => ({
      person: personOf(person),
      from: momentOf(from, timeZone) ?? from,
      until: momentOf(until, timeZone) ?? until,
      ...rest,
    })),
  };
}

/** ISO 8601 in UTC of a moment with an offset or in a time zone; `undefined` where there is no such day. */
export function momentOf(text: string, timeZone: string): string | undefined {
  const [day, clock] = text.split('T');
  const dayNumber = dayNumberOf(day);
  if (dayNumber === undefined) {
    return undefined;
  }
  const minutes = minutesOf(clock);
  const at =
    minutes === undefined
      ? Date.parse(text)
      : instantOf(dayNumber, minutes, timeZone);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
