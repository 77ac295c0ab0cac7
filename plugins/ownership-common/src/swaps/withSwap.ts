import { ConflictError, InputError } from '@backstage/errors';
import {
  formatLocal,
  onCallAt,
  type OnCallRotation,
  type RotationOverride,
  type Shift,
} from '../rotations';

const MINUTE_MS = 60_000;

/** Somebody takes over a shift from somebody else. */
export interface Swap {
  /** As `shifts` or `onCallAt` told of it. */
  shift: Shift;
  /** The user reference of who is on call in that shift. */
  from: string;
  /** The user reference of who takes over. */
  to: string;
  why?: string;
}

/**
 * The override that a swap comes to; the rotation stays as it is. Where the shift has begun, it counts from the next full minute.
 *
 * @param team - the user references of everyone in the team of the rotation
 * @throws InputError - where nobody or somebody else is on call in the shift, it is over, or who takes over is the same person or
 * not in the team
 * @throws ConflictError - where the rotation doesn't say so any more, or the shift is overridden already
 */
export function withSwap(
  rotation: OnCallRotation,
  { shift, from, to, why }: Swap,
  { team, now }: { team: ReadonlySet<string>; now: Date },
): RotationOverride {
  if (shift.kind === 'gap') {
    throw new InputError(
      'Nobody is on call then, so there is nothing to swap. Add an override to the rotation instead.',
    );
  }
  if (shift.person !== from) {
    throw new InputError(
      `That shift is ${shift.person}'s, not ${from}'s. Swap one of ${from}'s shifts.`,
    );
  }
  if (from === to) {
    throw new InputError(
      `${from} has that shift already. Name somebody else to take over.`,
    );
  }
  if (!team.has(to)) {
    throw new InputError(
      `${to} is not in ${rotation.team}. Name somebody of the team: ${[...team].filter(one => one !== from).join(', ') || 'there is nobody else'}.`,
    );
  }
  const until = Date.parse(shift.until);
  const begin = Math.max(
    Date.parse(shift.since),
    Math.ceil(now.getTime() / MINUTE_MS) * MINUTE_MS,
  );
  if (begin >= until) {
    throw new InputError(
      `That shift ended at ${formatLocal(until, rotation.timeZone)}. Swap one that isn't over.`,
    );
  }
  refuseOverridden(rotation, shift.since, shift.until);
  const current = onCallAt(rotation, new Date(begin));
  if (
    current.kind !== 'layer' ||
    current.person !== from ||
    current.until !== shift.until
  ) {
    throw new ConflictError(
      `The rotation ${rotation.name} doesn't have that shift any more. Look at it again.`,
    );
  }
  return {
    person: to,
    from: formatLocal(begin, rotation.timeZone),
    until: formatLocal(until, rotation.timeZone),
    ...(why !== undefined && { why }),
  };
}

function refuseOverridden(
  { overrides, timeZone }: OnCallRotation,
  since: string,
  until: string,
): void {
  const other = overrides.find(
    one =>
      Date.parse(one.from) < Date.parse(until) &&
      Date.parse(since) < Date.parse(one.until),
  );
  if (other) {
    const [from, end] = [other.from, other.until].map(at =>
      formatLocal(Date.parse(at), timeZone),
    );
    throw new ConflictError(
      `${other.person} takes over from ${from} until ${end} already. Change that override in the file of the rotation.`,
    );
  }
}
