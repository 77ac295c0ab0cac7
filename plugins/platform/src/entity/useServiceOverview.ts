import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PlatformSignal,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** A service in all environments, current. */
export function useServiceOverview(service: string): Live<ServiceOverview> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: service,
    matches: signal => concerns(signal, service),
    query: options => platformApi.getService(service, options),
  });
}

/** Whether a signal tells of a change to a service. That of an approval comes with one of its run. */
export function concerns(signal: PlatformSignal, service: string): boolean {
  switch (signal.type) {
    case 'approval':
    case 'environments':
      return false;
    case 'repository':
      return signal.repository === service;
    default:
      return signal.service === service;
  }
}
