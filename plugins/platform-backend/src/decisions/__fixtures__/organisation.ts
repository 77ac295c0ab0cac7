import type { Entity } from '@backstage/catalog-model';

/** A person of the catalog, who belongs to these teams directly. */
export function user(
  name: string,
  teams: string[],
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', annotations },
    spec: { memberOf: teams },
    relations: teams.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

/** A team of the catalog. */
export function group(
  name: string,
  title: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'team', children: [], profile: { displayName: title } },
    relations: [{ type: 'childOf', targetRef: 'group:default/company' }],
  };
}

/** Payments has two people, growth one, and platform looks after the portal. */
export const ORGANISATION: Entity[] = [
  group('company', 'Company'),
  group('payments', 'Payments', { 'slipway.dev/on-call': 'user:idris' }),
  group('growth', 'Growth'),
  group('platform', 'Platform'),
  user('mara', ['payments']),
  user('idris', ['payments'], { 'slipway.dev/manager': 'user:default/mara' }),
  user('tomas', ['growth'], { 'slipway.dev/manager': 'user:default/nobody' }),
  user('wei', ['platform'], { 'slipway.dev/manager': 'user:' }),
];
