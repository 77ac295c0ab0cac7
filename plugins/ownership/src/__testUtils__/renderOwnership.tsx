import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { OwnershipApi } from '@slipway/plugin-ownership-common';
import {
  type PlatformApi,
  REPOSITORY_ANNOTATION,
} from '@slipway/plugin-platform-common';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { FakeSignals } from '@slipway/plugin-platform-react/testUtils';
import { ownershipApiRef } from '../api';
import { ownershipPlugin } from '../plugin';
import { ownershipRouteRef } from '../routes';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { [REPOSITORY_ANNOTATION]: 'orders' },
  },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

/** A page of the plugin, or one of its tabs on the page of the service "orders". */
export type Place =
  { path: string } | { tab: 'ownership' | 'dependencies' | 'timeline' };

/**
 * Shows a part of the plugin in an app that has nothing else, signed in as Mara of the payments team.
 *
 * @param apis - what is answered; a method left out fails
 */
export function renderOwnership(
  place: Place,
  apis: Partial<OwnershipApi> & { platform?: Partial<PlatformApi> },
) {
  const { platform = {}, ...ownership } = apis;
  const signals = new FakeSignals();
  renderTestApp({
    ...('path' in place
      ? { features: [ownershipPlugin], initialRouteEntries: [place.path] }
      : {
          extensions: [
            createTestEntityPage({ entity: orders }),
            ownershipPlugin.getExtension(
              `entity-content:ownership/${place.tab}`,
            ),
          ],
          mountedRoutes: { '/ownership': ownershipRouteRef },
        }),
    apis: [
      [ownershipApiRef, strict(ownership) as OwnershipApi],
      [platformApiRef, strict(platform) as PlatformApi],
      [signalApiRef, signals],
      [catalogApiRef, catalogApiMock({ entities: [orders] })],
      mockApis.identity({
        userEntityRef: 'user:default/mara',
        ownershipEntityRefs: ['user:default/mara', 'group:default/payments'],
      }),
    ],
  });
  return { signals };
}

function strict<T extends object>(api: T): T {
  return new Proxy(api, {
    get: (target, method) =>
      Reflect.get(target, method) ??
      (() => Promise.reject(new Error(`${String(method)} is not expected`))),
  });
}
