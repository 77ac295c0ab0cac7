import { askFor, type Limits, limitsOf, SIZES } from './limits';
import { parseSetting } from './parseSetting';

describe('limits', () => {
  it('takes what is asked for before what the size says', () => {
    expect(limitsOf({ size: 'small', connections: 7 })).toMatchObject({
      connections: 7,
      statementTimeoutMs: 30_000,
    });
  });

  it.each(SIZES)('asks for what %s gives by its size alone', size => {
    expect(askFor(limitsOf({ size }), size)).toEqual({ size });
  });

  it('asks for what is different, and keeps the size', () => {
    const limits = { ...limitsOf({ size: 'medium' }), connections: 7 };
    expect(askFor(limits, 'medium')).toEqual({
      size: 'medium',
      connections: 7,
    });
  });

  it('asks for another size where the own one has a limit that is not there', () => {
    const limits: Limits = {
      connections: 7,
      statementTimeoutMs: 'none',
      idleInTransactionTimeoutMs: 'none',
      workMemoryKb: 'none',
    };
    const asked = askFor(limits, 'small');
    expect(asked).toEqual({ size: 'unlimited', connections: 7 });
    expect(limitsOf(asked)).toEqual(limits);
  });
});

describe('parseSetting', () => {
  it.each([
    ['30000', 'time', 30_000],
    ['30s', 'time', 30_000],
    ['1.5 min', 'time', 90_000],
    ['1h', 'time', 3_600_000],
    ['0', 'time', 'none'],
    [undefined, 'time', 'none'],
    ['4MB', 'memory', 4_096],
    ['4096', 'memory', 4_096],
    ['65536B', 'memory', 64],
    ['much', 'memory', 'none'],
  ] as const)('reads %s as %s', (text, units, value) => {
    expect(parseSetting(text, units)).toBe(value);
  });
});
