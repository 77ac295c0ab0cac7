/** Every state of somebody who left. */
export const LEAVER_STATES = ['noticed', 'held', 'done', 'returned'] as const;

/** How far what they had is taken back; `held` where so many are gone at once that it may be a mistake. */
export type LeaverState = (typeof LEAVER_STATES)[number];

/** Somebody who isn't in the catalog any more. */
export interface Leaver {
  id: string;
  state: LeaverState;
  /** A user reference. */
  person: string;
  /** What people called them. */
  title: string;
  /** The group references of the teams they were in. */
  teams: string[];
  /** When that was noticed; ISO 8601 in UTC. */
  leftAt: string;
  /** When it was done, or they came back; ISO 8601 in UTC. */
  endedAt?: string;
  /** The user reference of who said that they left. */
  confirmedBy?: string;
  /** What was taken back, as sentences. */
  touched: string[];
}
