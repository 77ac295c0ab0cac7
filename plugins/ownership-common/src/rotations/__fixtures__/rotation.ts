import type { OnCallRotation, RotationLayer } from '../types';

export const IDRIS = 'user:default/idris';
export const MARA = 'user:default/mara';
export const NOOR = 'user:default/noor';

/** A layer whose turns are weeks from Monday, 2 November 2026, 09:00 on. */
export function createLayer(parts: Partial<RotationLayer> = {}): RotationLayer {
  return {
    name: 'primary',
    people: [MARA, IDRIS],
    turnDays: 7,
    handOver: { time: '09:00' },
    start: '2026-11-02',
    restrict: [],
    ...parts,
  };
}

/** One layer in Berlin, without overrides. */
export function createRotation(
  parts: Partial<OnCallRotation> = {},
): OnCallRotation {
  return {
    name: 'payments',
    team: 'group:default/payments',
    timeZone: 'Europe/Berlin',
    layers: [createLayer()],
    overrides: [],
    ...parts,
  };
}
