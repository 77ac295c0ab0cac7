import { type Cover, Coverage } from './Coverage';
import type { Gap, OnCallRotation, Shift } from './types';

/** How far the ends of a gap are looked for, in milliseconds: 400 days, a year and the longest of turns that are usual. */
const REACH_MS = 400 * 24 * 60 * 60_000;

/**
 * Who is on call at a moment, since when and until when; a gap where nobody is. A shift ends where its person hands over, even
 * where the next one is the same person's, and where another layer or an override begins to count.
 */
export function onCallAt(rotation: OnCallRotation, instant: Date): Shift {
  const coverage = new Coverage(rotation);
  const at = instant.getTime();
  return toShift(coverage.at(at), beginOf(coverage, at), endOf(coverage, at));
}

/**
 * All shifts and gaps that touch a window, one after the other: each begins where the one before it ends. The first and the last
 * keep their begin and end, even outside of the window.
 *
 * @param until - the first moment after the window; an empty list where it isn't after `from`
 */
export function shifts(
  rotation: OnCallRotation,
  from: Date,
  until: Date,
): Shift[] {
  const coverage = new Coverage(rotation);
  const found: Shift[] = [];
  let at: number | undefined = from.getTime();
  while (at !== undefined && at < until.getTime()) {
    const since = found.length === 0 ? beginOf(coverage, at) : at;
    const end = endOf(coverage, at);
    found.push(toShift(coverage.at(at), since, end));
    at = end;
  }
  return found;
}

/**
 * The first shift that begins after a moment, gaps left out; `undefined` where there is none within 400 days.
 *
 * @param person - a user reference, for the next shift of that person
 */
export function nextShift(
  rotation: OnCallRotation,
  instant: Date,
  person?: string,
): Exclude<Shift, Gap> | undefined {
  const coverage = new Coverage(rotation);
  const last = instant.getTime() + REACH_MS;
  let at = endOf(coverage, instant.getTime());
  while (at !== undefined && at < last) {
    const until = endOf(coverage, at);
    const shift = toShift(coverage.at(at), at, until);
    if (shift.kind !== 'gap' && (person ?? shift.person) === shift.person) {
      return shift;
    }
    at = until;
  }
  return undefined;
}

/** The times in a window in which nobody is on call; they keep their begin and end, even outside of it. */
export function gaps(rotation: OnCallRotation, from: Date, until: Date): Gap[] {
  return shifts(rotation, from, until).filter(shift => shift.kind === 'gap');
}

function beginOf(coverage: Coverage, at: number): number | undefined {
  const cover = coverage.at(at);
  const last = cover ? -Infinity : Math.max(at - REACH_MS, coverage.first);
  let begin = at;
  // A moment is the begin of its shift where the one just before it belongs to another.
  while (coverage.at(begin - 1)?.key === cover?.key) {
    if (begin <= last) {
      return undefined;
    }
    begin = coverage.edgeBefore(begin);
  }
  return begin;
}

function endOf(coverage: Coverage, at: number): number | undefined {
  const cover = coverage.at(at);
  const last = cover ? Infinity : at + REACH_MS;
  let end = at;
  do {
    if (end >= last) {
      return undefined;
    }
    end = coverage.edgeAfter(end);
  } while (coverage.at(end)?.key === cover?.key);
  return end;
}

function toShift(
  cover: Cover | undefined,
  since: number | undefined,
  until: number | undefined,
): Shift {
  if (!cover) {
    return {
      kind: 'gap',
      ...(since !== undefined && { since: isoOf(since) }),
      ...(until !== undefined && { until: isoOf(until) }),
    };
  }
  const { key, ...what } = cover;
  const when = { since: isoOf(since), until: isoOf(until) };
  return 'override' in what
    ? { kind: 'override', ...what, ...when }
    : { kind: 'layer', ...what, ...when };
}

/** Only gaps have no begin or no end; anything else without one is a RangeError. */
function isoOf(at: number | undefined): string {
  return new Date(at ?? Number.NaN).toISOString();
}
