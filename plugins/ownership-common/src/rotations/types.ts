/** The days of a week, Monday first (ISO 8601), as rotations write them. */
export const WEEKDAYS = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours of the week in which a layer covers; outside of them the layers below it do. */
export interface Restriction {
  days: Weekday[];
  /** `08:00`, local time. */
  from: string;
  /** `18:00`, local time on the same day; `24:00` is its end. */
  until: string;
}

/** People who take turns. */
export interface RotationLayer {
  name: string;
  /** User references, in the order of their turns. */
  people: string[];
  /** How long a turn is, in days of the calendar: 1, 7 or another number. */
  turnDays: number;
  handOver: {
    /** The day of the week on which turns of whole weeks begin; without it, that of `start`. */
    day?: Weekday;
    /** `09:00`, local time. */
    time: string;
  };
  /**
   * `2026-11-02`: the layer covers from the hand-over time of this day on. Where turns begin on another day of the week, the
   * first one is shorter.
   */
  start: string;
  /** Empty where the layer always covers. */
  restrict: Restriction[];
}

/** Somebody who takes over for a while, whatever the layers say. */
export interface RotationOverride {
  /** A user reference. */
  person: string;
  /** ISO 8601 with an offset. */
  from: string;
  /** ISO 8601 with an offset; the first moment that isn't covered any more. */
  until: string;
  why?: string;
}

/** Who is on call for a team, and when. */
export interface OnCallRotation {
  name: string;
  /** The reference of the group it belongs to. */
  team: string;
  /** A name of the IANA database: `Europe/Berlin`. */
  timeZone: string;
  /** Where several cover a moment, the last one wins. */
  layers: RotationLayer[];
  /** They win over every layer, and the last one over those before it. */
  overrides: RotationOverride[];
}

/** A turn of a layer, or as much of it as no other layer and no override covers. */
export interface LayerShift {
  kind: 'layer';
  /** A user reference. */
  person: string;
  /** The name of the layer. */
  layer: string;
  /** ISO 8601 in UTC. */
  since: string;
  /** ISO 8601 in UTC; the first moment after it. */
  until: string;
}

/** The time in which an override counts. */
export interface OverrideShift {
  kind: 'override';
  /** A user reference. */
  person: string;
  override: RotationOverride;
  /** ISO 8601 in UTC. */
  since: string;
  /** ISO 8601 in UTC; the first moment after it. */
  until: string;
}

/** A time in which nobody is on call. */
export interface Gap {
  kind: 'gap';
  /** ISO 8601 in UTC; left out where nobody was on call before, or not for longer than 400 days. */
  since?: string;
  /** ISO 8601 in UTC; left out where nobody is on call for the 400 days to come. */
  until?: string;
}

/** What a rotation says of a stretch of time. */
export type Shift = LayerShift | OverrideShift | Gap;
