import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { RepositoryEntityProvider } from './RepositoryEntityProvider';

/** Adds the platform's repositories to the catalog, and keeps them up to date. */
export const catalogModulePlatform = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'platform',
  register(registration) {
    registration.registerInit({
      deps: {
        processing: catalogProcessingExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ processing, discovery, lifecycle, scheduler, ...services }) {
        const provider = new RepositoryEntityProvider({
          ...services,
          platform: new PlatformClient({ discoveryApi: discovery }),
        });
        processing.addEntityProvider(provider);
        lifecycle.addShutdownHook(() => provider.stop());
        await scheduler.scheduleTask({
          id: 'platform-repositories-refresh',
          scope: 'global',
          frequency: { minutes: 10 },
          initialDelay: { minutes: 10 },
          timeout: { minutes: 10 },
          fn: () => provider.refreshAll(),
        });
      },
    });
  },
});
