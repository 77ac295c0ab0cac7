import { RESOURCE_STATES } from '@slipway/plugin-platform-common';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RESOURCE_TRANSITIONS, statesBefore } from './transitions';

const documentation = path.resolve(__dirname, '../../../../docs/resources.md');

describe('RESOURCE_TRANSITIONS', () => {
  it('is what the documentation says', () => {
    const rows = readFileSync(documentation, 'utf8')
      .split('\n')
      .map(line => line.split('|').map(cell => cell.trim()))
      .filter(([, state]) =>
        RESOURCE_STATES.some(known => state === `\`${known}\``),
      )
      .map(([, state, , next]) => [
        state.replaceAll('`', ''),
        next
          .replaceAll('`', '')
          .replace(/ \([^)]*\)/g, '')
          .split(', ')
          .filter(Boolean),
      ]);
    expect(Object.fromEntries(rows)).toEqual(RESOURCE_TRANSITIONS);
  });

  it('leaves no state without an exit but the end', () => {
    const ends = RESOURCE_STATES.filter(
      state => RESOURCE_TRANSITIONS[state].length === 0,
    );
    expect(ends).toEqual(['destroyed']);
  });

  it('tells where a state is reached from', () => {
    expect(statesBefore('destroying')).toEqual(['ready', 'failed', 'deleted']);
  });
});
