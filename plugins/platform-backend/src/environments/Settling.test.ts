import { Settling } from './Settling';

describe('Settling', () => {
  it('tells what was seen twice, once', () => {
    const settling = new Settling(['a']);
    const seen = [
      ['a'],
      ['b'],
      ['b'],
      ['b'],
      ['c'],
      ['d'],
      ['d'],
      ['a'],
      ['d'],
    ];
    expect(seen.map(now => [settling.see(now), settling.isSettled])).toEqual([
      [undefined, true],
      [undefined, false],
      [['b'], true],
      [undefined, true],
      [undefined, false],
      [undefined, false],
      [['d'], true],
      [undefined, false],
      [undefined, true],
    ]);
  });
});
