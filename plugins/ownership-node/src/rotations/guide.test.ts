import { onCallAt } from '@slipway/plugin-ownership-common';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRotations } from './readRotations';

const guide = readFileSync(
  path.resolve(__dirname, '../../../../docs/guides/on-call-rotations.md'),
  'utf8',
);

describe('the guide', () => {
  it('shows an example that counts, and does what it says', () => {
    const examples = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)];
    const { rotations, problems } = readRotations(
      examples.map(([, text]) => ({ name: 'example.yaml', text })),
      {
        users: new Set(['user:default/mara', 'user:default/idris']),
        groups: new Set(['group:default/payments']),
      },
    );
    expect(problems).toEqual([]);
    const [{ rotation }] = rotations;
    const sayings = ['03T12:00Z', '03T20:00Z', '04T12:00Z'].map(at =>
      onCallAt(rotation, new Date(`2026-11-${at}`)),
    );
    expect(sayings).toMatchObject([
      { layer: 'office-hours', person: 'user:default/idris' },
      { layer: 'around-the-clock', person: 'user:default/mara' },
      { kind: 'override', person: 'user:default/mara' },
    ]);
  });
});
