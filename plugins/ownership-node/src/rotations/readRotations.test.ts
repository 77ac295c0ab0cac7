import { onCallAt } from '@slipway/plugin-ownership-common';
import { readRotations } from './readRotations';

const PEOPLE = {
  users: new Set(['user:default/mara', 'user:default/idris']),
  groups: new Set(['group:default/payments']),
};

const GOOD = `# Who answers for payments.
apiVersion: slipway.dev/v1
kind: OnCallRotation
metadata:
  name: payments
spec:
  team: payments
  timeZone: Europe/Berlin
  layers:
    - name: primary
      people: [mara, user:idris]
      rotation: weekly
      handOver: { day: monday, time: '09:00' }
      start: 2026-11-02
    - name: office
      people: [idris]
      rotation: { days: 14 }
      handOver: { time: '08:00' }
      start: '2026-11-02'
      restrict:
        - days: [mon, tuesday]
          from: '08:00'
          until: '24:00'
  overrides:
    - person: mara
      from: 2026-11-04T09:00
      until: 2026-11-04T20:00Z
      why: A dentist.
`;

function read(text: string) {
  const { rotations, problems } = readRotations(
    [{ name: 'org/oncall/payments.yaml', text }],
    PEOPLE,
  );
  return {
    rotations,
    problems: problems.map(({ line, message }) => `${line}: ${message}`),
  };
}

describe('readRotations', () => {
  it('reads a rotation with full references and moments in UTC', () => {
    const { rotations, problems } = read(GOOD);
    expect(problems).toEqual([]);
    expect(rotations).toEqual([
      {
        file: 'org/oncall/payments.yaml',
        line: 2,
        rotation: {
          name: 'payments',
          team: 'group:default/payments',
          timeZone: 'Europe/Berlin',
          layers: [
            {
              name: 'primary',
              people: ['user:default/mara', 'user:default/idris'],
              turnDays: 7,
              handOver: { day: 'mon', time: '09:00' },
              start: '2026-11-02',
              restrict: [],
            },
            {
              name: 'office',
              people: ['user:default/idris'],
              turnDays: 14,
              handOver: { time: '08:00' },
              start: '2026-11-02',
              restrict: [
                { days: ['mon', 'tue'], from: '08:00', until: '24:00' },
              ],
            },
          ],
          overrides: [
            {
              person: 'user:default/mara',
              from: '2026-11-04T08:00:00.000Z',
              until: '2026-11-04T20:00:00.000Z',
              why: 'A dentist.',
            },
          ],
        },
      },
    ]);
    expect(
      onCallAt(rotations[0].rotation, new Date('2026-11-03T12:00Z')),
    ).toMatchObject({ layer: 'office', person: 'user:default/idris' });
  });

  it.each([
    [
      'team: payments',
      'team: paymets',
      '7: There is no group "paymets" in the catalog. Did you mean "payments"? Name one that org/ has.',
    ],
    [
      'Europe/Berlin',
      'Berlin',
      '8: There is no time zone "Berlin". Use a name of the IANA database, such as Europe/Berlin.',
    ],
    [
      '[mara, user:idris]',
      '[mara, idriss]',
      '11: There is no user "idriss" in the catalog. Did you mean "idris"? Name one that org/ has.',
    ],
    [
      '[mara, user:idris]',
      '[]',
      '11: spec.layers.0.people is not valid. Name at least one person.',
    ],
    [
      'rotation: weekly',
      'rotation: hourly',
      '12: spec.layers.0.rotation is not valid. Use daily, weekly or a number of days up to 92: { days: 14 }.',
    ],
    [
      'rotation: weekly',
      'rotation: daily',
      "13: Turns of 1 day don't begin on the same day of the week. Leave the day out, or use weekly or a number of days that is a multiple of 7.",
    ],
    [
      'day: monday',
      'day: moonday',
      '13: spec.layers.0.handOver.day is not valid. Use one of mon, tue, wed, thu, fri, sat, sun.',
    ],
    [
      "time: '09:00'",
      "time: '9'",
      '13: spec.layers.0.handOver.time is not valid. Use hours and minutes: "09:00".',
    ],
    [
      'start: 2026-11-02',
      'start: 2026-02-30',
      '14: spec.layers.0.start is not valid. Use a day of the calendar: "2026-11-02".',
    ],
    [
      'name: office',
      'name: primary',
      '15: There is a layer "primary" already. Give each its own name.',
    ],
    [
      "until: '24:00'",
      "until: '08:00'",
      '23: until, 08:00, is not after from, 08:00. Where it goes past midnight, split it: 08:00 until 24:00, and 00:00 until 08:00 on the days after.',
    ],
    [
      "until: '24:00'",
      "until: '24:00'\n        - { days: [tue, wed], from: '23:00', until: '23:30' }",
      '24: It overlaps entry 1 of the list on tue. Name each hour once.',
    ],
    [
      'person: mara',
      'person: zoe',
      '25: There is no user "zoe" in the catalog. Name one that org/ has.',
    ],
    [
      '11-04T09:00',
      '11-04T21:30',
      '27: until, 2026-11-04T20:00Z, is not after from, 2026-11-04T21:30. Put the later moment last.',
    ],
    [
      '11-04T09:00',
      '02-30T09:00',
      '26: There is no day 2026-02-30. Use one of the calendar.',
    ],
    [
      'from: 2026-11-04T09:00',
      'from: today',
      '26: spec.overrides.0.from is not valid. Use day and time, with an offset or in the time zone of the rotation: "2026-11-04T09:00".',
    ],
    [
      'A dentist.',
      'A dentist.\n    - { person: idris, from: 2026-11-04T20:59, until: 2026-11-05T00:00 }',
      '29: It overlaps entry 1 of the list. One person is on call at a time: shorten or remove one of them.',
    ],
    [
      'timeZone:',
      'timezone:',
      '8: spec has no field "timezone". Did you mean "timeZone"?',
    ],
    ['kind: OnCallRotation', 'kind: [', '4: This is no valid YAML: '],
  ])('says what is wrong with %s as %s', (right, wrong, problem) => {
    const { rotations, problems } = read(GOOD.replace(right, wrong));
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(rotations).toEqual([]);
  });

  it('refuses a name that is taken', () => {
    const { rotations, problems } = read(`${GOOD}---\n${GOOD}`);
    expect(problems).toEqual([
      '34: There is a rotation "payments" already, in org/oncall/payments.yaml:2. Give each its own name.',
    ]);
    expect(rotations).toHaveLength(1);
  });
});
