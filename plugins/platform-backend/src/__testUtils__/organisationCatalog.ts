import { createServiceFactory } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ORGANISATION, user } from '../decisions/__fixtures__/organisation';

/** A catalog of {@link ORGANISATION}, and Runa of payments, which a test can take away, as while the catalog starts or stops. */
export function organisationCatalog() {
  const presence = { isAway: false };
  const entities = [...ORGANISATION, user('runa', ['payments'])];
  const catalog = new Proxy(catalogServiceMock({ entities }), {
    get: (there, name) => {
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
