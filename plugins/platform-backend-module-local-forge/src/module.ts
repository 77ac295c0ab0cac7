import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { forgeExtensionPoint } from '@slipway/plugin-platform-node';
import { createLocalForge } from './createLocalForge';

/** Keeps the platform's repositories on this machine, and serves them over HTTP under `/git`. */
export const platformModuleLocalForge = createBackendModule({
  pluginId: 'platform',
  moduleId: 'local-forge',
  register(registration) {
    registration.registerInit({
      deps: {
        forge: forgeExtensionPoint,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        rootHttpRouter: coreServices.rootHttpRouter,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({ forge, httpRouter, rootHttpRouter, ...services }) {
        const { database, lifecycle, scheduler } = services;
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@slipway/plugin-platform-backend-module-local-forge',
              'migrations',
            ),
            tableName: 'forge_knex_migrations',
          });
        }

        const local = await createLocalForge({ ...services, knex });
        forge.setForge(local.forge);
        rootHttpRouter.use('/git', local.gitRouter);
        local.apiRouters.forEach(router => httpRouter.use(router));

        await scheduler.scheduleTask({
          id: 'local-forge-deliver-pushes',
          scope: 'local',
          frequency: { seconds: 30 },
          timeout: { minutes: 10 },
          fn: local.maintain,
        });
        lifecycle.addShutdownHook(local.stop);
      },
    });
  },
});
