import {
  dayNumberOf,
  instantOf,
  localDayOf,
  minutesOf,
  weekdayOf,
} from './localTime';
import {
  type OnCallRotation,
  type RotationLayer,
  type RotationOverride,
  WEEKDAYS,
} from './types';

/** What covers a moment; two of the same `key` side by side are one shift. */
export type Cover =
  | { key: string; person: string; layer: string }
  | { key: string; person: string; override: RotationOverride };

/** A layer with its times in numbers. */
interface TimedLayer extends Pick<
  RotationLayer,
  'name' | 'people' | 'turnDays'
> {
  /** The first moment that it covers, in milliseconds. */
  start: number;
  /** The day from which turns are counted: the last day of hand-over up to the one on which it starts. */
  anchor: number;
  /** Of the hand-over, from midnight. */
  minutes: number;
  hours: Array<{ days: ReadonlySet<number>; from: number; until: number }>;
}

/** Says what of a rotation covers a moment, and when that may change. Moments are in milliseconds. */
export class Coverage {
  readonly #timeZone: string;
  /** Those that win come first. */
  readonly #layers: TimedLayer[];
  readonly #overrides: Array<{ from: number; until: number; cover: Cover }>;
  readonly #edgesOfDays = new Map<number, number[]>();
  /** Before it, nobody was ever on call. */
  readonly first: number;

  constructor({ timeZone, layers, overrides }: OnCallRotation) {
    this.#timeZone = timeZone;
    this.#layers = layers.map(layer => timed(layer, timeZone)).reverse();
    this.#overrides = overrides
      .map((override, index) => ({
        from: Date.parse(override.from),
        until: Date.parse(override.until),
        cover: {
          key: `override ${index}`,
          person: override.person,
          override,
        },
      }))
      .reverse();
    this.first = Math.min(
      ...this.#layers.map(({ start }) => start),
      ...this.#overrides.map(({ from }) => from),
    );
  }

  /** `undefined` where nobody is on call. */
  at(moment: number): Cover | undefined {
    const override = this.#overrides.find(
      ({ from, until }) => from <= moment && moment < until,
    );
    if (override) {
      return override.cover;
    }
    const day = localDayOf(moment, this.#timeZone);
    for (const layer of this.#layers) {
      if (moment >= layer.start && this.#isWithin(layer, moment, day)) {
        const turn = this.#turnAt(layer, moment, day);
        const person = layer.people[turn % layer.people.length];
        return {
          key: `layer ${layer.name} ${turn}`,
          person,
          layer: layer.name,
        };
      }
    }
    return undefined;
  }

  /** The last moment before another at which somebody else may come on call; no more than two days before it. */
  edgeBefore(moment: number): number {
    return Math.max(...this.#edgesAround(moment).filter(at => at < moment));
  }

  /** The first moment after another at which somebody else may come on call; no more than two days after it. */
  edgeAfter(moment: number): number {
    return Math.min(...this.#edgesAround(moment).filter(at => at > moment));
  }

  #edgesAround(moment: number): number[] {
    const day = localDayOf(moment, this.#timeZone);
    return [
      ...[day - 1, day, day + 1].flatMap(one => this.#edgesOn(one)),
      ...this.#overrides.flatMap(({ from, until }) => [from, until]),
    ];
  }

  /** Those of the layers, and midnight, so that there always is one. */
  #edgesOn(day: number): number[] {
    const known = this.#edgesOfDays.get(day);
    if (known) {
      return known;
    }
    const minutes = this.#layers.flatMap(layer => [
      layer.minutes,
      ...layer.hours
        .filter(({ days }) => days.has(weekdayOf(day)))
        .flatMap(({ from, until }) => [from, until]),
    ]);
    const edges = [...new Set([0, ...minutes])].map(minute =>
      instantOf(day, minute, this.#timeZone),
    );
    this.#edgesOfDays.set(day, edges);
    return edges;
  }

  #isWithin({ hours }: TimedLayer, moment: number, day: number): boolean {
    return (
      hours.length === 0 ||
      hours.some(
        ({ days, from, until }) =>
          days.has(weekdayOf(day)) &&
          instantOf(day, from, this.#timeZone) <= moment &&
          moment < instantOf(day, until, this.#timeZone),
      )
    );
  }

  /** The turn that a moment is in, from 0. */
  #turnAt(
    { anchor, turnDays, minutes }: TimedLayer,
    moment: number,
    day: number,
  ): number {
    const turn = Math.floor((day - anchor) / turnDays);
    const begins = instantOf(anchor + turn * turnDays, minutes, this.#timeZone);
    return moment < begins ? turn - 1 : turn;
  }
}

function timed(layer: RotationLayer, timeZone: string): TimedLayer {
  const { name, people, turnDays, start, handOver, restrict } = layer;
  const day = dayNumberOf(start) ?? 0;
  const minutes = minutesOf(handOver.time) ?? 0;
  const back = handOver.day
    ? (weekdayOf(day) - WEEKDAYS.indexOf(handOver.day) + 7) % 7
    : 0;
  return {
    name,
    people,
    turnDays,
    start: instantOf(day, minutes, timeZone),
    anchor: day - back,
    minutes,
    hours: restrict.map(({ days, from, until }) => ({
      days: new Set(days.map(one => WEEKDAYS.indexOf(one))),
      from: minutesOf(from) ?? 0,
      until: minutesOf(until) ?? 0,
    })),
  };
}
