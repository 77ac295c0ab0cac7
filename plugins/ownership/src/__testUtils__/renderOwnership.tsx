import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { OwnershipApi } from '@slipway/plugin-ownership-common';
import type { PlatformApi } from '@slipway/plugin-platform-common';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { FakeSignals } from '@slipway/plugin-platform-react/testUtils';
import { ownershipApiRef } from '../api';
import { ownershipPlugin } from '../plugin';

/**
 * Shows a page of the plugin in an app that has nothing else, signed in as Mara of the payments team.
 *
 * @param path - which page
 * @param ownershipApi - what the ownership backend answers; a method left out fails
 * @param platformApi - what the platform answers; a method left out fails
 */
export function renderOwnership(
  path: string,
  ownershipApi: Partial<OwnershipApi>,
  platformApi: Partial<PlatformApi> = {},
) {
  const signals = new FakeSignals();
  renderTestApp({
    features: [ownershipPlugin],
    initialRouteEntries: [path],
    apis: [
      [ownershipApiRef, strict(ownershipApi) as OwnershipApi],
      [platformApiRef, strict(platformApi) as PlatformApi],
      [signalApiRef, signals],
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
