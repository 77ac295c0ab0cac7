import { listProblems, readEnvironments } from '../readEnvironments';
import { describeEnd, freezeAt } from './freezeAt';

const PROD = `apiVersion: slipway.dev/v1
kind: Environment
metadata: { name: prod }
spec: { order: 1 }
---
`;

function read(spec: string) {
  const text = `${PROD}apiVersion: slipway.dev/v1
kind: FreezeWindow
metadata: { name: quiet, title: Quiet days }
spec:
  reason: Few are there to mend what breaks
  environments: [prod]
${spec}`;
  const { freezes, problems } = readEnvironments([{ name: 'all.yaml', text }]);
  return { freezes, problems: listProblems(problems) };
}

const WEEKEND = `  weekly:
    from: fri 16:00
    until: mon 07:00
    timeZone: Europe/Berlin
`;

describe('freeze windows', () => {
  it('are open from one time until another', () => {
    const { freezes, problems } = read(`  from: 2026-12-19T00:00:00+01:00
  until: 2027-01-04T06:00:00Z
`);
    expect(problems).toBe('');
    const at = (time: string) =>
      freezeAt(freezes, 'prod', new Date(time))?.name;
    expect(at('2026-12-18T22:59:59Z')).toBeUndefined();
    expect(at('2026-12-18T23:00:00Z')).toBe('quiet');
    expect(at('2027-01-04T05:59:59Z')).toBe('quiet');
    expect(at('2027-01-04T06:00:00Z')).toBeUndefined();
    expect(
      freezeAt(freezes, 'dev', new Date('2026-12-24T00:00:00Z')),
    ).toBeUndefined();
    expect(describeEnd(freezes[0])).toBe('2027-01-04 06:00 UTC');
  });

  it('come back each week, by the clocks of a place, also where they are put forward', () => {
    const { freezes, problems } = read(WEEKEND);
    expect(problems).toBe('');
    const at = (time: string) =>
      freezeAt(freezes, 'prod', new Date(time))?.name;
    // Summer time: 16:00 is 14:00 UTC.
    expect(at('2026-07-03T13:59:00Z')).toBeUndefined();
    expect(at('2026-07-03T14:00:00Z')).toBe('quiet');
    expect(at('2026-07-05T12:00:00Z')).toBe('quiet');
    expect(at('2026-07-06T04:59:00Z')).toBe('quiet');
    expect(at('2026-07-06T05:00:00Z')).toBeUndefined();
    // It ends in the weekend in which summer time does.
    expect(at('2026-10-23T14:00:00Z')).toBe('quiet');
    expect(at('2026-10-26T05:59:00Z')).toBe('quiet');
    expect(at('2026-10-26T06:00:00Z')).toBeUndefined();
    expect(describeEnd(freezes[0])).toBe('Mon 07:00 Europe/Berlin');
  });

  it.each([
    [
      '  from: tomorrow\n  until: 2027-01-04T06:00:00Z\n',
      'all.yaml:12: spec.from is "tomorrow". Use a date and time with its offset: 2026-12-19T00:00:00+01:00.',
    ],
    [
      '  from: 2027-01-04T06:00:00Z\n  until: 2026-01-04T06:00:00Z\n',
      'all.yaml:13: spec.until is not after spec.from, so the window is never open. Use a later time.',
    ],
    [
      '  from: 2027-01-04T06:00:00Z\n',
      'all.yaml:10: spec.until is missing. Use a date and time with its offset: 2026-12-19T00:00:00+01:00. For a window that comes back, use spec.weekly.',
    ],
    [
      WEEKEND.replace('fri 16:00', 'friday 4pm'),
      'all.yaml:13: spec.weekly.from is "friday 4pm". Use a day and a time: "fri 16:00". Days are mon, tue, wed, thu, fri, sat, sun.',
    ],
    [
      WEEKEND.replace('mon 07:00', 'fri 16:00'),
      'all.yaml:14: spec.weekly.until is the same as spec.weekly.from. Use another time.',
    ],
    [
      WEEKEND.replace('Europe/Berlin', 'Berlin'),
      'all.yaml:15: spec.weekly.timeZone: there is no time zone "Berlin". Use a name of the IANA database: Europe/Berlin.',
    ],
    [
      `${WEEKEND}  until: 2026-01-04T06:00:00Z\n`,
      'all.yaml:12: spec.weekly and spec.from or spec.until are both there. Keep one of them.',
    ],
  ])('are refused with %j', (spec, problem) => {
    expect(read(spec).problems).toBe(problem);
  });

  it('are about environments that there are', () => {
    const text = `${PROD}apiVersion: slipway.dev/v1
kind: FreezeWindow
metadata: { name: quiet }
spec:
  reason: Rest
  environments: [prod, prd]
${WEEKEND}`;
    expect(
      listProblems(readEnvironments([{ name: 'all.yaml', text }]).problems),
    ).toBe(
      'all.yaml:11: There is no environment "prd". Did you mean "prod"? There are: prod.',
    );
  });
});

describe('rollouts', () => {
  const problemsOf = (rollout: string) =>
    listProblems(
      readEnvironments([
        {
          name: 'all.yaml',
          text: `apiVersion: slipway.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  order: 1
  rollout:
    ${rollout}
`,
        },
      ]).problems,
    );

  it('are read', () => {
    expect(
      readEnvironments([
        {
          name: 'all.yaml',
          text: PROD.replace(
            'order: 1',
            'order: 1, rollout: { strategy: canary, steps: [{ percent: 10, for: 30s }, { percent: 50, for: 2m }], bake: 5m }',
          ),
        },
      ]).environments[0].rollout,
    ).toEqual({
      strategy: 'canary',
      steps: [
        { percent: 10, forMs: 30_000 },
        { percent: 50, forMs: 120_000 },
      ],
      bakeMs: 300_000,
    });
  });

  it.each([
    [
      'strategy: canary',
      'all.yaml:7: spec.rollout.steps is missing. A canary takes steps: [{ percent: 10, for: 5m }].',
    ],
    [
      'steps: [{ percent: 10, for: 5m }]',
      'all.yaml:7: spec.rollout.steps are those of a canary, and the strategy is blue-green. Change one of them.',
    ],
    [
      'strategy: canary\n    steps: [{ percent: 50, for: 5m }, { percent: 50, for: 5m }]',
      'all.yaml:8: spec.rollout.steps: 50 % does not come after 50 %. Let each step be larger than the one before.',
    ],
    [
      'strategy: canary\n    steps: [{ percent: 100, for: 5m }]',
      'all.yaml:8: spec.rollout.steps.0.percent is not valid. Use at most 99: all of it is what follows by itself.',
    ],
    [
      'bake: 5 minutes',
      'all.yaml:7: spec.rollout.bake is not valid. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
  ])('are refused with %j', (rollout, problem) => {
    expect(problemsOf(rollout)).toBe(problem);
  });
});
