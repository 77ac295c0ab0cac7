import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';

/** An entity of the default namespace. */
export function entity(
  kind: string,
  name: string,
  spec: JsonObject = {},
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec,
  };
}

/** A component that a team owns. */
export function service(name: string, owner?: string, spec: JsonObject = {}) {
  return entity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    ...(owner && { owner }),
    ...spec,
  });
}

/** Payments has mara and idris, logistics has noor and ana, growth nobody; all are of the company. */
export const ORGANISATION: Entity[] = [
  entity('Group', 'company', { type: 'organization' }),
  ...['payments', 'logistics', 'growth'].map(name =>
    entity('Group', name, {
      type: 'team',
      parent: 'company',
      profile: { displayName: name[0].toUpperCase() + name.slice(1) },
    }),
  ),
  ...Object.entries({
    mara: 'payments',
    idris: 'payments',
    noor: 'logistics',
    ana: 'logistics',
  }).map(([name, team]) =>
    entity('User', name, {
      memberOf: [team],
      profile: {
        displayName: name[0].toUpperCase() + name.slice(1),
        email: `${name}@example.com`,
      },
    }),
  ),
];
