import { nextShift, withSwap } from '@slipway/plugin-ownership-common';
import { addOverride } from './addOverride';
import { readRotations } from './readRotations';

const OVERRIDE = {
  person: 'user:default/idris',
  from: '2026-11-09T09:00+01:00',
  until: '2026-11-16T09:00+01:00',
  why: 'Swap: a wedding',
};

const LINES = `- person: user:default/idris
  from: 2026-11-09T09:00+01:00
  until: 2026-11-16T09:00+01:00
  why: "Swap: a wedding"`;

function indented(columns: number): string {
  return LINES.replaceAll(/^/gm, ' '.repeat(columns));
}

const HEAD = `# Who answers.
kind:   OnCallRotation   # odd spaces stay
metadata: { name: payments }
spec:
    layers:

    - name: primary   # the first
      people: [ mara,  idris ]
`;

const TAIL = `
# The end.
---
metadata:
  name: other
spec:
  layers: []
`;

describe('addOverride', () => {
  it.each([
    ['where there are none', '', `    overrides:\n${indented(6)}\n`],
    [
      'to an empty list',
      '    overrides: []\n',
      `    overrides:\n${indented(6)}\n`,
    ],
    [
      'where the list is missing',
      '    overrides:\n',
      `    overrides:\n${indented(6)}\n`,
    ],
    [
      'behind the last',
      "    overrides:\n    # the list\n    - person: mara\n      from: '2026-11-03T09:00'   # early\n      until: 2026-11-04T09:00 # late\n",
      `    overrides:\n    # the list\n    - person: mara\n      from: '2026-11-03T09:00'   # early\n      until: 2026-11-04T09:00 # late\n${indented(4)}\n`,
    ],
    [
      'in one line',
      '    overrides: [{ person: mara, from: a, until: b }] # short\n',
      `    overrides: [{ person: mara, from: a, until: b }, { person: user:default/idris, from: 2026-11-09T09:00+01:00, until: 2026-11-16T09:00+01:00, why: "Swap: a wedding" }] # short\n`,
    ],
  ])('adds one %s and leaves the rest as it is', (_, before, after) => {
    expect(addOverride(`${HEAD}${before}${TAIL}`, 'payments', OVERRIDE)).toBe(
      `${HEAD}${after}${TAIL}`,
    );
  });

  it('adds to the end of a file without a last line break', () => {
    const text = 'metadata:\n  name: a\nspec:\n  timeZone: UTC # here';
    expect(addOverride(text, 'a', OVERRIDE)).toBe(
      `${text}\n  overrides:\n${indented(4)}`,
    );
  });

  it('adds to the rotation that is meant', () => {
    expect(addOverride(`${HEAD}${TAIL}`, 'other', OVERRIDE)).toBe(
      `${HEAD}${TAIL}  overrides:\n${indented(4)}\n`,
    );
  });

  it('refuses what it cannot find or change', () => {
    expect(() => addOverride(HEAD, 'logistics', OVERRIDE)).toThrow(
      'The file has no rotation "logistics" that can be read.',
    );
    expect(() =>
      addOverride(`${HEAD}    overrides: yes\n`, 'payments', OVERRIDE),
    ).toThrow('are no list on lines of their own');
  });

  it('writes a swap down so that the file says so afterwards', () => {
    const people = {
      users: new Set(['user:default/mara', 'user:default/idris']),
      groups: new Set(['group:default/payments']),
    };
    const text = `apiVersion: slipway.dev/v1
kind: OnCallRotation
metadata: { name: payments }
spec:
  team: payments
  timeZone: America/New_York
  layers:
    - name: primary
      people: [mara, idris]
      rotation: weekly
      handOver: { day: monday, time: '09:00' }
      start: 2026-10-26
`;
    const read = (one: string) => {
      const [found] = readRotations(
        [{ name: 'a', text: one }],
        people,
      ).rotations;
      return found.rotation;
    };
    const before = read(text);
    const now = new Date('2026-10-20T00:00Z');
    const shift = nextShift(before, now) ?? { kind: 'gap' as const };
    const override = withSwap(
      before,
      { shift, from: 'user:default/mara', to: 'user:default/idris' },
      { team: people.users, now },
    );
    expect(override).toMatchObject({
      from: '2026-10-26T09:00-04:00',
      until: '2026-11-02T09:00-05:00',
    });
    const after = read(addOverride(text, 'payments', override));
    expect(nextShift(after, now)).toMatchObject({
      kind: 'override',
      person: 'user:default/idris',
      since: '2026-10-26T13:00:00.000Z',
      until: '2026-11-02T14:00:00.000Z',
    });
  });
});
