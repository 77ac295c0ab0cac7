import type { Run } from '@slipway/plugin-platform-common';

/** A deployment that succeeded within four seconds; everything about it can be changed. */
export function buildRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    kind: 'deploy',
    title: 'Deploy orders v42 to dev',
    target: 'orders/dev',
    state: 'succeeded',
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    service: 'orders',
    environment: 'dev',
    input: {},
    steps: [],
    createdAt: '2026-11-23T12:00:00Z',
    startedAt: '2026-11-23T12:00:01Z',
    endedAt: '2026-11-23T12:00:04Z',
    ...changes,
  };
}
