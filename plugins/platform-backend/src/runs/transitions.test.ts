import { RUN_STATES } from '@slipway/plugin-platform-common';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RUN_TRANSITIONS } from './transitions';

const documentation = path.resolve(__dirname, '../../../../docs/runs.md');

describe('RUN_TRANSITIONS', () => {
  it('is what the documentation says', () => {
    const rows = readFileSync(documentation, 'utf8')
      .split('\n')
      .map(line => line.split('|').map(cell => cell.trim()))
      .filter(([, state]) => RUN_STATES.some(known => state === `\`${known}\``))
      .map(([, state, , next]) => [
        state.replaceAll('`', ''),
        next.replaceAll('`', '').split(', ').filter(Boolean),
      ]);
    expect(Object.fromEntries(rows)).toEqual(RUN_TRANSITIONS);
  });

  it('leaves no state without an exit but the two good ends', () => {
    const ends = RUN_STATES.filter(
      state => RUN_TRANSITIONS[state].length === 0,
    );
    expect(ends).toEqual(['succeeded', 'undone']);
  });
});
