import { buildRun } from './__fixtures__/run';
import { summarizeRuns } from './summarizeRuns';

const SINCE = new Date('2026-11-01T00:00:00Z');

describe('summarizeRuns', () => {
  it('counts what has ended since then, and nothing else', () => {
    const summary = summarizeRuns(
      [
        buildRun(),
        buildRun({ state: 'failed' }),
        buildRun({ state: 'cancelled' }),
        buildRun({ state: 'running', endedAt: undefined }),
        buildRun({ createdAt: '2026-10-31T23:59:59Z' }),
      ],
      SINCE,
    );

    expect(summary).toEqual({
      ended: 3,
      failed: 1,
      medianDeployMilliseconds: 4000,
    });
  });

  it.each([
    [[], undefined],
    [[4], 4000],
    [[9, 1], 5000],
    [[30, 1, 2], 2000],
  ])('takes the median of deployments that took %j s', (seconds, expected) => {
    const runs = seconds.map(second =>
      buildRun({
        endedAt: new Date(
          Date.parse('2026-11-23T12:00:00Z') + second * 1000,
        ).toISOString(),
      }),
    );
    const pipeline = buildRun({
      kind: 'pipeline',
      endedAt: '2026-11-23T13:00:00Z',
    });

    expect(
      summarizeRuns([...runs, pipeline], SINCE).medianDeployMilliseconds,
    ).toBe(expected);
  });
});
