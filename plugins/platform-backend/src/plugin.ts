import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { platformPermissions } from '@slipway/plugin-platform-common';
import { createPlatform } from './createPlatform';
import { Providers } from './Providers';
import { registerExtensionPoints } from './registerExtensionPoints';

/** The platform: runs, pipelines, deployments and resources, over the forge, engine, runtime and providers its modules bring. */
export const platformPlugin = createBackendPlugin({
  pluginId: 'platform',
  register(env) {
    const providers = new Providers();
    registerExtensionPoints(env, providers);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        eventsService: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        services.permissionsRegistry.addPermissions(platformPermissions);
        const platform = await createPlatform({ ...services, providers });
        services.httpRouter.use(platform.router);
        for (const path of ['/openapi.json', '/callbacks']) {
          services.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        services.lifecycle.addStartupHook(() => platform.start());
        services.lifecycle.addShutdownHook(() => platform.stop());
      },
    });
  },
});
