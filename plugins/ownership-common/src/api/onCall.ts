import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import type { OnCallRotation, Shift } from '../rotations';

/** Somebody who is on call. */
export interface OnCallPerson {
  /** A user reference. */
  person: string;
  /** What people call them. */
  title: string;
  /** ISO 8601 in UTC; left out where somebody is on call all the time. */
  since?: string;
  /** ISO 8601 in UTC; left out where somebody is on call all the time. */
  until?: string;
}

/** Who is on call, and who is next. */
export interface OnCallDuty {
  /** The name of the rotation; left out where it is one person all the time. */
  rotation?: string;
  /** The reference of the system or group that says so; left out where the entity, or the team, does itself. */
  inheritedFrom?: string;
  /** Left out where nobody is. */
  now?: OnCallPerson;
  /** Left out where nobody is within 400 days. */
  next?: OnCallPerson;
}

/** A rotation, and who is on call in it. */
export interface RotationSummary extends OnCallDuty {
  name: string;
  /** A group reference. */
  team: string;
  /** What people call the team. */
  teamTitle: string;
  timeZone: string;
  /** When nobody is on call within the next seven days, the first time; ISO 8601 in UTC. */
  gap?: { since: string; until?: string };
  /** Where it stands. */
  file: string;
  /** From 1. */
  line: number;
}

/** A rotation with its plan. */
export interface RotationDetail extends RotationSummary {
  definition: OnCallRotation;
  /** From the one that is now on, for four weeks. */
  shifts: Shift[];
  /** What people call those in it, by user reference. */
  people: Record<string, string>;
}

/** All rotations, and what is wrong with the files they stand in. */
export interface RotationList {
  items: RotationSummary[];
  problems: DefinitionProblem[];
}

/** A colleague is to take over a shift. */
export interface SwapRequest {
  /** When the shift begins, as the rotation tells it; ISO 8601. */
  since: string;
  /** The user reference of who takes over. */
  to: string;
  why?: string;
}
