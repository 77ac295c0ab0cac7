import { onCallAt, shifts } from '../rotations';
import {
  createRotation,
  IDRIS,
  MARA,
  NOOR,
} from '../rotations/__fixtures__/rotation';
import { type Swap, withSwap } from './withSwap';

const ROTATION = createRotation();
const NOW = new Date('2026-11-04T10:20:30Z');
const [CURRENT, NEXT] = shifts(ROTATION, NOW, new Date('2026-11-12T00:00Z'));
const TEAM = new Set([MARA, IDRIS]);
const NEXT_SWAP: Swap = { shift: NEXT, from: IDRIS, to: MARA };

function swap(parts: Partial<Swap> = {}, rotation = ROTATION, now = NOW) {
  return withSwap(rotation, { ...NEXT_SWAP, ...parts }, { team: TEAM, now });
}

describe('withSwap', () => {
  it('is an override for the shift, after which the rotation says so', () => {
    const override = swap({ why: 'A wedding.' });
    expect(override).toEqual({
      person: MARA,
      from: '2026-11-09T09:00+01:00',
      until: '2026-11-16T09:00+01:00',
      why: 'A wedding.',
    });
    const after = createRotation({ overrides: [override] });
    expect(onCallAt(after, new Date('2026-11-10T00:00Z'))).toMatchObject({
      kind: 'override',
      person: MARA,
      since: NEXT.since,
      until: NEXT.until,
    });
  });

  it('takes over the rest of a shift that has begun', () => {
    expect(swap({ shift: CURRENT, from: MARA, to: IDRIS })).toEqual({
      person: IDRIS,
      from: '2026-11-04T11:21+01:00',
      until: '2026-11-09T09:00+01:00',
    });
  });

  it.each<[string, Partial<Swap>, string]>([
    ['oneself', { to: IDRIS }, 'has that shift already'],
    [
      'a stranger',
      { to: NOOR },
      'Name somebody of the team: user:default/mara.',
    ],
    ["somebody else's shift", { from: MARA }, "is user:default/idris's, not"],
    ['a gap', { shift: { kind: 'gap' } }, 'Nobody is on call then'],
  ])('refuses a swap with %s', (_, parts, message) => {
    expect(() => swap(parts)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('refuses a shift that is over', () => {
    expect(() => swap({}, ROTATION, new Date('2026-11-16T08:00Z'))).toThrow(
      'That shift ended at 2026-11-16T09:00+01:00.',
    );
  });

  it('refuses a shift that is overridden, or that has changed', () => {
    const override = swap();
    const swapped = createRotation({ overrides: [override] });
    expect(() => swap({}, swapped)).toThrow(
      'user:default/mara takes over from 2026-11-09T09:00+01:00 until 2026-11-16T09:00+01:00 already.',
    );
    const [layer] = ROTATION.layers;
    const moved = createRotation({
      layers: [{ ...layer, start: '2026-11-03' }],
    });
    expect(() => swap({}, moved)).toThrow(
      "The rotation payments doesn't have that shift any more.",
    );
  });
});
