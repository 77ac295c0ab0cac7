import type { Entity } from '@backstage/catalog-model';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  SERVICE_ANNOTATION,
  type PlatformApi,
} from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { platformPlugin } from '../plugin';
import { repositoriesRouteRef, runsRouteRef } from '../routes';
import { FakeSignals } from './FakeSignals';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { [SERVICE_ANNOTATION]: 'orders' },
  },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

const settings = createFrontendPlugin({
  pluginId: 'user-settings',
  extensions: [
    PageBlueprint.make({ params: { path: '/settings', title: 'Settings' } }),
  ],
});

/** Where in the plugin to look. */
export type Place =
  | { path: string }
  /** A tab on the page of the service "orders". */
  | { tab: 'delivery' | 'pipelines' | 'logs' };

/**
 * Shows a part of the plugin in an app that has nothing else, signed in as Mara of the payments team.
 *
 * @param platformApi - what the platform answers; a method left out fails
 */
export function renderPlatform(
  place: Place,
  platformApi: Partial<PlatformApi>,
) {
  const signals = new FakeSignals();
  const strict = new Proxy(platformApi, {
    get: (target, method) =>
      Reflect.get(target, method) ??
      (() => Promise.reject(new Error(`${String(method)} is not expected`))),
  });
  const shown =
    'path' in place
      ? {
          features: [platformPlugin, settings],
          initialRouteEntries: [place.path],
        }
      : {
          extensions: [
            createTestEntityPage({ entity: orders }),
            platformPlugin.getExtension(`entity-content:platform/${place.tab}`),
          ],
          mountedRoutes: {
            '/runs': runsRouteRef,
            '/repositories': repositoriesRouteRef,
          },
        };
  renderTestApp({
    ...shown,
    apis: [
      [platformApiRef, strict as PlatformApi],
      [signalApiRef, signals],
      mockApis.identity({
        userEntityRef: 'user:default/mara',
        ownershipEntityRefs: ['user:default/mara', 'group:default/payments'],
      }),
    ],
  });
  return { signals };
}
