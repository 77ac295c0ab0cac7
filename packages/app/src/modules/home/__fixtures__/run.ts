import type { Run } from '@slipway/plugin-platform-common';

/** A deployment that succeeded within four seconds; everything about it can be changed. */
export function buildRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    kind: 'deploy',
    kindVersion: 1,
    title: 'Deploy orders v42 to dev',
    target: 'orders/dev',
    state: 'succeeded',
    phase: 'do',
    priority: 0,
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    service: 'orders',
    environment: 'dev',
    input: {},
    changes: [],
    steps: [],
    waits: [],
    times: { people: 0, queue: 1_000, machines: 0, work: 3_000 },
    remains: [],
    createdAt: '2026-11-23T12:00:00Z',
    startedAt: '2026-11-23T12:00:01Z',
    endedAt: '2026-11-23T12:00:04Z',
    ...changes,
  };
}
