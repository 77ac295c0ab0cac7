import {
  nextShift,
  onCallAt,
  type OnCallDuty,
  type OnCallPerson,
  type OnCallRotation,
  type Shift,
} from '@slipway/plugin-ownership-common';
import type { Names } from '../organisation';

interface Turns {
  current: Shift;
  next: Exclude<Shift, { kind: 'gap' }> | undefined;
}

/** How many shifts one turn may have; somebody who is alone in a rotation is on call until the last of them ends. */
const LONGEST_TURN = 60;

/** They are worth keeping: a blast radius has hundreds of rotations. */
const known = new WeakMap<OnCallRotation, Turns>();

/** Who is on call in a rotation, and who is next. */
export function dutyOfRotation(
  rotation: OnCallRotation,
  names: Names,
  now: Date,
): OnCallDuty {
  const { current, next } = turnsAt(rotation, now);
  return {
    rotation: rotation.name,
    ...(current.kind !== 'gap' && { now: personOf(current, names) }),
    ...(next && { next: personOf(next, names) }),
  };
}

/** One person, all the time. */
export function dutyOfPerson(person: string, names: Names): OnCallDuty {
  return { now: { person, title: nameOf(person, names) } };
}

/** What people call somebody; their reference where nobody is known by it. */
export function nameOf(person: string, names: Names): string {
  return names.get(person) ?? person;
}

/** Whether the next shift is the same person's, without a pause. */
function goesOn(
  current: Shift,
  next: Exclude<Shift, { kind: 'gap' }>,
): boolean {
  return (
    current.kind !== 'gap' &&
    next.person === current.person &&
    next.since === current.until
  );
}

/** They stay the same until the current one ends. */
function turnsAt(rotation: OnCallRotation, now: Date): Turns {
  const kept = known.get(rotation);
  if (kept && isWithin(kept.current, now.getTime())) {
    return kept;
  }
  let current = onCallAt(rotation, now);
  let next = nextShift(rotation, now);
  // To whom it happens, going on in another layer is one turn.
  for (
    let turn = 0;
    turn < LONGEST_TURN && next && goesOn(current, next);
    turn += 1
  ) {
    current = { ...current, until: next.until };
    next = nextShift(rotation, new Date(next.since));
  }
  const turns = { current, next };
  known.set(rotation, turns);
  return turns;
}

function isWithin({ since, until }: Shift, at: number): boolean {
  return (
    since !== undefined &&
    until !== undefined &&
    Date.parse(since) <= at &&
    at < Date.parse(until)
  );
}

function personOf(
  { person, since, until }: Exclude<Shift, { kind: 'gap' }>,
  names: Names,
): OnCallPerson {
  return { person, title: nameOf(person, names), since, until };
}
