import { parseScore } from './parseScore';
import { releaseWork } from './releaseWork';

function scoreOf(annotations: string, more = ''): string {
  return `apiVersion: score.dev/v1b1
metadata:
  name: report
  annotations:
${annotations.replace(/^/gm, '    ')}
containers:
  main:
    image: .
    command: [node, src/main.js]
${more}`;
}

const workOf = (annotations: string) =>
  releaseWork(parseScore(scoreOf(annotations)));

describe('the schedule of a job in score.yaml', () => {
  it('is read with its time zone and its time limit', () => {
    expect(workOf("slipway.dev/schedule: '30 3 * * 1-5'")).toEqual({
      kind: 'job',
      schedule: '30 3 * * 1-5',
      timeZone: 'UTC',
      timeLimitMs: 60 * 60_000,
    });
    expect(
      workOf(`slipway.dev/schedule: ' @daily '
slipway.dev/time-zone: Europe/Berlin
slipway.dev/time-limit: 30m`),
    ).toEqual({
      kind: 'job',
      schedule: '@daily',
      timeZone: 'Europe/Berlin',
      timeLimitMs: 30 * 60_000,
    });
    expect(workOf('team.example.com/tier: gold')).toEqual({ kind: 'worker' });
  });

  it.each([
    [
      "slipway.dev/schedule: '61 * * * *'",
      'line 5',
      '"61 * * * *" can\'t be read: Invalid value for minute: 61. Give minute, hour',
    ],
    [
      "slipway.dev/schedule: '* * * * * *'",
      'line 5',
      'requires exactly 5 parts',
    ],
    ['slipway.dev/schedule: every day', 'line 5', '"every day" can\'t be read'],
    ["slipway.dev/schedule: ''", 'line 5', 'Give minute, hour'],
    [
      "slipway.dev/schedule: '0 0 30 2 *'",
      'line 5',
      'is a time that never comes',
    ],
    [
      "slipway.dev/schedule: '@daily'\nslipway.dev/time-zone: Berlin",
      'line 6',
      'There is no time zone "Berlin". Use a name of the IANA database, such as Europe/Berlin.',
    ],
    [
      "slipway.dev/schedule: '@daily'\nslipway.dev/time-limit: an hour",
      'line 6',
      'Use a whole number up to 9999',
    ],
    [
      "slipway.dev/schedule: '@daily'\nslipway.dev/time-limit: 25h",
      'line 6',
      'At most 24h',
    ],
    [
      "slipway.dev/schedule: '@daily'\nslipway.dev/time-limit: 0m",
      'line 6',
      'At most 24h',
    ],
    [
      'slipway.dev/time-zone: Europe/Berlin',
      'line 5',
      'add slipway.dev/schedule',
    ],
  ])('is refused where it makes no sense: %s', (annotations, line, message) => {
    const parse = () => parseScore(scoreOf(annotations));
    expect(parse).toThrow(line);
    expect(parse).toThrow(message);
  });

  it.each([
    [
      'service: { ports: { web: { port: 80 } } }',
      'A scheduled job takes no requests',
    ],
    [
      '    readinessProbe: { httpGet: { path: /, port: 80 } }',
      'is not asked how it is',
    ],
  ])('goes with nothing that is asked: %s', (more, message) => {
    expect(() =>
      parseScore(scoreOf("slipway.dev/schedule: '@daily'", more)),
    ).toThrow(message);
  });
});
