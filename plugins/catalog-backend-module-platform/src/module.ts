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
import { PlatformEntityProvider } from './PlatformEntityProvider';
import { ProblemProcessor } from './ProblemProcessor';
import { RepositorySource } from './repositories/RepositorySource';
import { ResourceSource } from './resources/ResourceSource';

/** Adds what repositories declare and every resource to the catalog, and keeps them up to date. */
export const catalogModulePlatform = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'platform',
  register(registration) {
    registration.registerInit({
      deps: {
        processing: catalogProcessingExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({
        processing,
        config,
        discovery,
        lifecycle,
        scheduler,
        ...services
      }) {
        const options = {
          ...services,
          platform: new PlatformClient({ discoveryApi: discovery }),
          portalUrl: config.getString('app.baseUrl'),
        };
        processing.addProcessor(new ProblemProcessor());
        for (const source of [
          new RepositorySource(options),
          new ResourceSource(options),
        ]) {
          const provider = new PlatformEntityProvider({ ...services, source });
          processing.addEntityProvider(provider);
          lifecycle.addShutdownHook(() => provider.stop());
          await scheduler.scheduleTask({
            id: `${source.name}-refresh`,
            scope: 'global',
            frequency: { minutes: 10 },
            initialDelay: { minutes: 10 },
            timeout: { minutes: 10 },
            fn: () => provider.refreshAll(),
          });
        }
      },
    });
  },
});
