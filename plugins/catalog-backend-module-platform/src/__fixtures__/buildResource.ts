import type { Resource } from '@slipway/plugin-platform-common';

/** A database of payments in dev that is ready, unless told otherwise. */
export function buildResource(
  name: string,
  overrides: Partial<Resource> = {},
): Resource {
  const { environment = 'dev' } = overrides;
  return {
    id: `id-of-${name}`,
    name,
    environment,
    type: 'postgres',
    class: 'default',
    owner: 'group:default/payments',
    provider: 'postgres',
    definition: 'postgres',
    state: 'ready',
    parameters: {},
    outputs: [],
    connections: [],
    runId: 'run-1',
    createdBy: 'user:default/mara',
    createdAt: '2026-01-01T00:00:00.000Z',
    entityRef: `resource:default/${name}-${environment}`,
    ...overrides,
  };
}
