import type { Entity } from '@backstage/catalog-model';
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  RESOURCE_ANNOTATION,
  SERVICE_ANNOTATION,
  type PlatformApi,
} from '@slipway/plugin-platform-common';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { platformPlugin } from '../plugin';
import {
  deliveriesRouteRef,
  environmentsRouteRef,
  repositoriesRouteRef,
  resourcesRouteRef,
  runsRouteRef,
} from '../routes';
import { FakeSignals } from '@slipway/plugin-platform-react/testUtils';

const createRef = createRouteRef();

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { [SERVICE_ANNOTATION]: 'orders' },
  },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

const ordersDatabase: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders-db-dev',
    annotations: { [RESOURCE_ANNOTATION]: 'resource-1' },
  },
  spec: { type: 'postgres', owner: 'payments' },
};

const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  extensions: [
    PageBlueprint.make({
      params: { path: '/create', title: 'Create', routeRef: createRef },
    }),
  ],
  routes: { root: createRef },
});

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
  | {
      tab:
        'configuration' | 'delivery' | 'infrastructure' | 'pipelines' | 'logs';
    }
  /** A card on the page of the resource "orders-db" in dev. */
  | { card: 'resource' };

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
  renderTestApp({
    ...shownAt(place),
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

function shownAt(place: Place) {
  if ('path' in place) {
    return {
      features: [platformPlugin, settings, scaffolder],
      initialRouteEntries: [place.path],
    };
  }
  return {
    extensions:
      'tab' in place
        ? [
            createTestEntityPage({ entity: orders }),
            platformPlugin.getExtension(`entity-content:platform/${place.tab}`),
          ]
        : [
            createTestEntityPage({ entity: ordersDatabase }),
            platformPlugin.getExtension(`entity-card:platform/${place.card}`),
          ],
    mountedRoutes: {
      '/runs': runsRouteRef,
      '/deliveries': deliveriesRouteRef,
      '/repositories': repositoriesRouteRef,
      '/environments': environmentsRouteRef,
      '/resources': resourcesRouteRef,
    },
  };
}
