import type { InstanceSignals } from '@slipway/plugin-platform-node';
import { judge, NO_SIGNALS, since } from './verdict';

/** So many requests of which so many failed, all of them answered within a time. */
function signals(requests: number, errors = 0, leMs = 25): InstanceSignals {
  return {
    requests,
    errors,
    buckets: [10, 25, 100, 500, undefined].map(limit => ({
      leMs: limit,
      count: limit === leMs ? requests : 0,
    })),
  };
}

describe('judge', () => {
  it.each([
    ['no worse', signals(100), signals(1_000), 'good'],
    ['as bad as before', signals(100, 10), signals(1_000, 100), 'good'],
    [
      'a little worse than next to nothing',
      signals(100, 2),
      signals(1_000, 1),
      'good',
    ],
    ['failing', signals(100, 10), signals(1_000, 10), 'sour'],
    [
      'failing, twice as often as before',
      signals(100, 45),
      signals(100, 20),
      'sour',
    ],
    ['slow', signals(100, 0, 500), signals(1_000, 0, 25), 'sour'],
    [
      'slower, where nobody notices',
      signals(100, 0, 100),
      signals(1_000, 0, 25),
      'good',
    ],
    [
      'slow, after too few to compare with',
      signals(100, 0, 500),
      signals(3),
      'good',
    ],
    ['asked too little', signals(19, 19), signals(1_000), 'unknown'],
    ['asked nothing', NO_SIGNALS, NO_SIGNALS, 'unknown'],
  ])('says of a release that is %s', (_what, now, before, state) => {
    expect(judge(now, before).state).toBe(state);
  });

  it('says why, with the numbers', () => {
    expect(judge(signals(200, 30), signals(1_000, 5))).toEqual({
      state: 'sour',
      message:
        '15 % of 200 requests failed, where it was 0.5 % of 1000 requests before.',
      before: { requests: 1_000, errorRate: 0.005, p95Ms: 24.25 },
      now: { requests: 200, errorRate: 0.15, p95Ms: 24.25 },
    });
    expect(judge(signals(100, 0, 500), signals(100)).message).toBe(
      '95 of 100 requests took up to 480 ms, where it was 24 ms before.',
    );
    expect(judge(signals(1, 1), undefined).message).toBe(
      'Only 1 request, too few to compare: it takes 20.',
    );
  });

  it('judges the first release of all by itself', () => {
    expect(judge(signals(50, 25), undefined)).toMatchObject({
      state: 'sour',
      message: '50 % of 50 requests failed, and nothing served before it.',
    });
  });
});

describe('since', () => {
  it('takes away what was there before, and starts anew where counting did', () => {
    expect(since(signals(100, 10), signals(40, 10))).toEqual(signals(60));
    expect(since(signals(10, 1), signals(40, 10))).toEqual(signals(10, 1));
  });
});
