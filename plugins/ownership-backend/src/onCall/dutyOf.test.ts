import type { OnCallRotation } from '@slipway/plugin-ownership-common';
import { dutyOfRotation } from './dutyOf';

const MARA = 'user:default/mara';
const IDRIS = 'user:default/idris';

/** Mara and Idris take turns by the week; Idris has every evening. */
const rotation: OnCallRotation = {
  name: 'payments',
  team: 'group:default/payments',
  timeZone: 'Etc/UTC',
  layers: [
    {
      name: 'weeks',
      people: [MARA, IDRIS],
      turnDays: 7,
      handOver: { time: '09:00' },
      start: '2026-11-02',
      restrict: [],
    },
    {
      name: 'evenings',
      people: [IDRIS],
      turnDays: 7,
      handOver: { time: '00:00' },
      start: '2026-11-02',
      restrict: [
        {
          days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
          from: '18:00',
          until: '22:00',
        },
      ],
    },
  ],
  overrides: [],
};

describe('dutyOfRotation', () => {
  it('takes what one person has in several layers as one turn', () => {
    const names = new Map([[IDRIS, 'Idris']]);
    expect(
      dutyOfRotation(rotation, names, new Date('2026-11-10T12:00:00Z')),
    ).toEqual({
      rotation: 'payments',
      now: {
        person: IDRIS,
        title: 'Idris',
        since: '2026-11-09T22:00:00.000Z',
        until: '2026-11-16T09:00:00.000Z',
      },
      next: {
        person: MARA,
        title: MARA,
        since: '2026-11-16T09:00:00.000Z',
        until: '2026-11-16T18:00:00.000Z',
      },
    });
  });
});
