import {
  type Backend,
  createSpecializedBackend,
} from '@backstage/backend-app-api';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
  metricsServiceFactory,
  tracingServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { cacheServiceFactory } from '@backstage/backend-defaults/cache';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { rootConfigServiceFactory } from '@backstage/backend-defaults/rootConfig';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { rootSystemMetadataServiceFactory } from '@backstage/backend-defaults/rootSystemMetadata';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import platformPlugin from '@slipway/plugin-platform-backend';
import postgresModule from '@slipway/plugin-platform-backend-module-postgres';
import { authKeysPlugin } from './authKeysPlugin';
import { catalogServiceFactory } from './catalogServiceFactory';
import { faultModule } from './faultModule';
import { notificationServiceFactory } from './notificationServiceFactory';
import { rootLoggerServiceFactory } from './rootLogger';

/**
 * A real Backstage backend with the real platform plugin, and nothing that costs a start time and isn't about runs: it is
 * killed and started hundreds of times. Not there are the catalog (its service answers from a fixed list of people and teams),
 * notifications, and URL readers, which load the clients of three clouds.
 */
export function createSlimBackend(): Backend {
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      auditorServiceFactory,
      authServiceFactory,
      cacheServiceFactory,
      catalogServiceFactory,
      databaseServiceFactory,
      discoveryServiceFactory,
      eventsServiceFactory,
      httpAuthServiceFactory,
      httpRouterServiceFactory,
      lifecycleServiceFactory,
      loggerServiceFactory,
      metricsServiceFactory,
      notificationServiceFactory,
      permissionsRegistryServiceFactory,
      permissionsServiceFactory,
      rootConfigServiceFactory,
      rootHealthServiceFactory,
      rootHttpRouterServiceFactory,
      rootLifecycleServiceFactory,
      rootLoggerServiceFactory,
      rootSystemMetadataServiceFactory,
      schedulerServiceFactory,
      tracingServiceFactory,
      userInfoServiceFactory,
    ],
  });
  backend.add(authKeysPlugin);
  backend.add(platformPlugin);
  backend.add(postgresModule);
  backend.add(faultModule);
  return backend;
}
