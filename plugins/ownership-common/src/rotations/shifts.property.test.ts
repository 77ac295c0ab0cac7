import {
  createLayer,
  createRotation,
  IDRIS,
  MARA,
  NOOR,
} from './__fixtures__/rotation';
import { onCallAt, shifts } from './shifts';
import { type OnCallRotation, WEEKDAYS } from './types';

const HOUR_MS = 3_600_000;
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
];
const TIMES = [
  '00:00',
  '00:30',
  '01:30',
  '02:00',
  '02:30',
  '09:00',
  '17:45',
  '23:30',
];

/** Numbers below a limit that are the same each time (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function randomRotation(random: (limit: number) => number): OnCallRotation {
  const one = <T>(list: readonly T[]) => list[random(list.length)];
  const layers = ['low', 'middle', 'high'].map(name => {
    const turnDays = one([1, 3, 7, 14]);
    return createLayer({
      name,
      turnDays,
      people: [MARA, IDRIS, NOOR].slice(random(3)),
      start: one(['2026-09-30', '2026-10-24', '2026-11-01', '2027-03-13']),
      handOver: {
        time: one(TIMES),
        ...(turnDays % 7 === 0 && { day: one(WEEKDAYS) }),
      },
      restrict: [
        [],
        [
          {
            days: [one(WEEKDAYS), one(WEEKDAYS)],
            from: '02:30',
            until: '24:00',
          },
        ],
        [{ days: WEEKDAYS.slice(0, 5), from: '00:00', until: '02:30' }],
      ][random(3)],
    });
  });
  const overrides = Array.from({ length: random(4) }, () => {
    const from = Date.parse('2026-10-20T00:00Z') + random(200 * 24) * HOUR_MS;
    return {
      person: one([MARA, IDRIS, NOOR]),
      from: new Date(from).toISOString(),
      until: new Date(from + (1 + random(100)) * HOUR_MS).toISOString(),
    };
  });
  return createRotation({ timeZone: one(ZONES), layers, overrides });
}

describe('shifts of any rotation', () => {
  it.each(SEEDS)(
    'cover a window without overlaps, and agree with who is on call at any moment: %i',
    seed => {
      const random = randomOf(seed);
      const rotation = randomRotation(random);
      const from = Date.parse('2026-10-20T00:00Z') + random(150 * 24) * HOUR_MS;
      const until = from + (1 + random(30 * 24)) * HOUR_MS;
      const found = shifts(rotation, new Date(from), new Date(until));
      expect(Date.parse(found[0].since ?? '1970-01-01')).toBeLessThanOrEqual(
        from,
      );
      expect(
        Date.parse(found.at(-1)?.until ?? '2100-01-01'),
      ).toBeGreaterThanOrEqual(until);
      expect(found.slice(1).map(({ since }) => since)).toEqual(
        found.slice(0, -1).map(shift => shift.until),
      );
      const moments = Array.from(
        { length: 25 },
        () => from + random((until - from) / 1_000) * 1_000,
      );
      expect(moments.map(at => onCallAt(rotation, new Date(at)))).toEqual(
        moments.map(at =>
          found.find(shift => at < Date.parse(shift.until ?? '2100-01-01')),
        ),
      );
    },
  );
});
