import { stringifyEntityRef } from '@backstage/catalog-model';

/** The entity of a service. */
export function componentOf(service: string): string {
  return stringifyEntityRef({
    kind: 'Component',
    namespace: 'default',
    name: service,
  });
}
