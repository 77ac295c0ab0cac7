import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { ownershipPermissions } from '@slipway/plugin-ownership-common';
import {
  type CallSource,
  callSourceExtensionPoint,
  type HistorySource,
  historySourceExtensionPoint,
  type LeaverHandler,
  leaverHandlerExtensionPoint,
  type RepositoryReader,
  repositoryReaderExtensionPoint,
  type TransferMover,
  transferMoverExtensionPoint,
} from '@slipway/plugin-ownership-node';
import { CatalogFollower } from './CatalogFollower';
import { createOwnership } from './createOwnership';

/** Who owns what, who is on call for it, what depends on it, and what nobody owns. */
export const ownershipPlugin = createBackendPlugin({
  pluginId: 'ownership',
  register(env) {
    let mover: TransferMover | undefined;
    env.registerExtensionPoint(transferMoverExtensionPoint, {
      setMover(one) {
        mover = one;
      },
    });
    let reader: RepositoryReader | undefined;
    env.registerExtensionPoint(repositoryReaderExtensionPoint, {
      setReader(one) {
        reader = one;
      },
    });
    const callSources: CallSource[] = [];
    env.registerExtensionPoint(callSourceExtensionPoint, {
      addSource(one) {
        callSources.push(one);
      },
    });
    let historySource: HistorySource | undefined;
    env.registerExtensionPoint(historySourceExtensionPoint, {
      setSource(one) {
        historySource = one;
      },
    });
    const leaverHandlers: LeaverHandler[] = [];
    env.registerExtensionPoint(leaverHandlerExtensionPoint, {
      addHandler(one) {
        leaverHandlers.push(one);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
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
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ httpRouter, permissionsRegistry, ...services }) {
        const { lifecycle, scheduler } = services;
        permissionsRegistry.addPermissions(ownershipPermissions);
        const ownership = await createOwnership({
          ...services,
          callSources,
          historySource,
          leaverHandlers,
          mover,
          reader,
        });
        httpRouter.use(ownership.router);
        httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });
        const follower = new CatalogFollower(ownership);
        await follower.follow(services.events);
        // Each backend reads rotations, and answers requests with them, so each looks by itself.
        await scheduler.scheduleTask({
          id: 'ownership-look',
          scope: 'local',
          frequency: { seconds: 30 },
          initialDelay: { seconds: 30 },
          timeout: { minutes: 5 },
          fn: () => ownership.look(),
        });
        await scheduler.scheduleTask({
          id: 'ownership-refresh',
          scope: 'global',
          frequency: { minutes: 10 },
          initialDelay: { minutes: 10 },
          timeout: { minutes: 30 },
          fn: () => ownership.refresh(),
        });
        lifecycle.addStartupHook(() => {
          // Not awaited: the catalog may come up later.
          ownership
            .refresh()
            .catch(error =>
              services.logger.warn(`Ownership wasn't counted: ${error}`),
            );
        });
        lifecycle.addShutdownHook(() => {
          follower.stop();
          return ownership.worker.stop();
        });
      },
    });
  },
});
