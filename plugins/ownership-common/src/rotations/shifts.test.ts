import {
  createLayer,
  createRotation,
  IDRIS,
  MARA,
  NOOR,
} from './__fixtures__/rotation';
import { gaps, nextShift, onCallAt, shifts } from './shifts';
import type { OnCallRotation, Shift } from './types';

/** A shift in a line: `idris 2026-11-02T08:00Z 168h`. */
function line(shift: Shift): string {
  const who =
    shift.kind === 'gap' ? 'nobody' : shift.person.replace('user:default/', '');
  const hours =
    (Date.parse(shift.until ?? '') - Date.parse(shift.since ?? '')) / 3_600_000;
  return `${who} ${shift.since?.replace(':00.000Z', 'Z')} ${hours}h`;
}

function lines(rotation: OnCallRotation, from: string, until: string) {
  return shifts(rotation, new Date(from), new Date(until)).map(line);
}

const WHOLE_DAY = { from: '00:00', until: '24:00' };

describe('shifts', () => {
  it('hands over each week, and keeps the whole of the first and the last shift', () => {
    const rotation = createRotation();
    expect(lines(rotation, '2026-11-04T00:00Z', '2026-11-16T08:01Z')).toEqual([
      'mara 2026-11-02T08:00Z 168h',
      'idris 2026-11-09T08:00Z 168h',
      'mara 2026-11-16T08:00Z 168h',
    ]);
    expect(lines(rotation, '2026-11-04T00:00Z', '2026-11-04T00:00Z')).toEqual(
      [],
    );
  });

  it.each([
    [
      'Europe/Berlin',
      '2027-03-27',
      ['mara 2027-03-27T08:00Z 23h', 'idris 2027-03-28T07:00Z 24h'],
    ],
    [
      'Europe/Berlin',
      '2026-10-24',
      ['mara 2026-10-24T07:00Z 25h', 'idris 2026-10-25T08:00Z 24h'],
    ],
    [
      'America/New_York',
      '2027-03-13',
      ['mara 2027-03-13T14:00Z 23h', 'idris 2027-03-14T13:00Z 24h'],
    ],
    [
      'America/New_York',
      '2026-10-31',
      ['mara 2026-10-31T13:00Z 25h', 'idris 2026-11-01T14:00Z 24h'],
    ],
  ])('hands over at 09:00 in %s around %s', (timeZone, start, expected) => {
    const layers = [createLayer({ start, turnDays: 1 })];
    const rotation = createRotation({ timeZone, layers });
    const [first] = expected;
    const at = first.split(' ')[1];
    const later = new Date(Date.parse(at) + 30 * 3_600_000).toISOString();
    expect(lines(rotation, at, later)).toEqual(expected);
  });

  it.each([
    // 02:30 is left out: clocks go from 02:00 to 03:00, so it is 03:30.
    ['Europe/Berlin', '2027-03-28', '2027-03-28T01:30:00.000Z'],
    ['America/New_York', '2027-03-14', '2027-03-14T07:30:00.000Z'],
    // 02:30 comes twice in Berlin, 01:30 in New York: the first one counts.
    ['Europe/Berlin', '2026-10-25', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T05:30:00.000Z', '01:30'],
  ])(
    'has one moment for a hand-over that clocks skip or repeat in %s on %s',
    (timeZone, start, expected, time = '02:30') => {
      const layers = [createLayer({ start, turnDays: 1, handOver: { time } })];
      const rotation = createRotation({ timeZone, layers });
      expect(onCallAt(rotation, new Date(expected))).toMatchObject({
        person: MARA,
        since: expected,
      });
      expect(onCallAt(rotation, new Date(Date.parse(expected) - 1))).toEqual({
        kind: 'gap',
        until: expected,
      });
    },
  );

  it('begins on its start with a shorter turn where the day of hand-over is another', () => {
    const layers = [
      createLayer({
        start: '2026-11-04',
        handOver: { day: 'mon', time: '09:00' },
      }),
    ];
    expect(
      lines(
        createRotation({ layers }),
        '2026-11-05T00:00Z',
        '2026-11-09T08:01Z',
      ),
    ).toEqual(['mara 2026-11-04T08:00Z 120h', 'idris 2026-11-09T08:00Z 168h']);
  });

  it('lets later layers win in their hours, and shows the gaps that none fills', () => {
    const office = createLayer({
      name: 'office',
      people: [NOOR],
      restrict: [{ days: ['tue'], from: '08:00', until: '18:00' }],
    });
    const both = createRotation({ layers: [createLayer(), office] });
    expect(lines(both, '2026-11-03T00:00Z', '2026-11-04T00:00Z')).toEqual([
      'mara 2026-11-02T08:00Z 23h',
      'noor 2026-11-03T07:00Z 10h',
      'mara 2026-11-03T17:00Z 135h',
    ]);
    const alone = createRotation({ layers: [office] });
    expect(
      gaps(alone, new Date('2026-11-03T00:00Z'), new Date('2026-11-10T08:00Z')),
    ).toEqual([
      { kind: 'gap', until: '2026-11-03T07:00:00.000Z' },
      {
        kind: 'gap',
        since: '2026-11-03T17:00:00.000Z',
        until: '2026-11-10T07:00:00.000Z',
      },
    ]);
  });

  it('covers a weekend of two days without a seam at midnight', () => {
    const layers = [
      createLayer({ restrict: [{ days: ['sat', 'sun'], ...WHOLE_DAY }] }),
    ];
    expect(
      lines(
        createRotation({ layers }),
        '2026-11-07T00:00Z',
        '2026-11-08T12:00Z',
      ),
    ).toEqual(['mara 2026-11-06T23:00Z 48h']);
  });

  it('lets overrides win, the last one over those before it', () => {
    const first = {
      person: NOOR,
      from: '2026-11-03T09:00+01:00',
      until: '2026-11-03T21:00+01:00',
    };
    const second = {
      person: IDRIS,
      from: '2026-11-03T19:00Z',
      until: '2026-11-03T21:00Z',
      why: 'concert',
    };
    const rotation = createRotation({ overrides: [first, second] });
    expect(lines(rotation, '2026-11-03T08:00Z', '2026-11-03T22:00Z')).toEqual([
      'noor 2026-11-03T08:00Z 11h',
      'idris 2026-11-03T19:00Z 2h',
      'mara 2026-11-03T21:00Z 131h',
    ]);
    expect(onCallAt(rotation, new Date('2026-11-03T20:00Z'))).toEqual({
      kind: 'override',
      person: IDRIS,
      override: second,
      since: '2026-11-03T19:00:00.000Z',
      until: '2026-11-03T21:00:00.000Z',
    });
  });

  it('finds who comes next, and when a person does', () => {
    const rotation = createRotation();
    const at = new Date('2026-11-04T00:00Z');
    expect(nextShift(rotation, at)).toMatchObject({
      person: IDRIS,
      since: '2026-11-09T08:00:00.000Z',
    });
    expect(nextShift(rotation, at, MARA)).toMatchObject({
      since: '2026-11-16T08:00:00.000Z',
    });
    expect(nextShift(rotation, at, NOOR)).toBeUndefined();
    expect(nextShift(rotation, new Date('2026-01-01T00:00Z'))).toMatchObject({
      person: MARA,
      since: '2026-11-02T08:00:00.000Z',
    });
  });

  it('leaves the end of a gap out that is never filled', () => {
    const rotation = createRotation({
      layers: [],
      overrides: [
        { person: NOOR, from: '2026-11-03T09:00Z', until: '2026-11-03T21:00Z' },
      ],
    });
    expect(
      shifts(
        rotation,
        new Date('2026-11-03T00:00Z'),
        new Date('2026-11-05T00:00Z'),
      ),
    ).toEqual([
      { kind: 'gap', until: '2026-11-03T09:00:00.000Z' },
      expect.objectContaining({ person: NOOR }),
      { kind: 'gap', since: '2026-11-03T21:00:00.000Z' },
    ]);
  });
});
