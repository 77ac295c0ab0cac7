import { createServiceFactory } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ORGANISATION, user } from '../decisions/__fixtures__/organisation';

/**
 * A catalog of {@link ORGANISATION}, and Runa of payments, which a test can add to (`more`), or take away as while the catalog starts or stops
 * (`isAway`).
 */
export function organisationCatalog() {
  const presence = { isAway: false, more: new Array<Entity>() };
  const now = () =>
    catalogServiceMock({
      entities: [...ORGANISATION, user('runa', ['payments']), ...presence.more],
    });
  const catalog = new Proxy(now(), {
    get: (_, name) => {
      const there = now();
      const member: unknown = Reflect.get(there, name);
      if (typeof member !== 'function') {
        return member;
      }
      return presence.isAway
        ? () => Promise.reject(new ServiceUnavailableError('No catalog here.'))
        : member.bind(there);
    },
  });
  return {
    presence,
    feature: createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => catalog,
    }),
  };
}
