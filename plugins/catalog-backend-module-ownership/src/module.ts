import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { CATALOG_ERRORS_TOPIC } from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { OwnershipClient } from '@slipway/plugin-ownership-common';
import { ChangeProcessor } from './ChangeProcessor';
import { ChangeTeller } from './ChangeTeller';
import { ImportProvider } from './ImportProvider';

/** Tells `ownership` what changed in the catalog, and gives what imports made to it. */
export const catalogModuleOwnership = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ownership',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ discovery, lifecycle, processing, scheduler, ...services }) {
        const teller = new ChangeTeller(services);
        processing.addProcessor(new ChangeProcessor({ teller }));
        const provider = new ImportProvider({
          ...services,
          ownership: new OwnershipClient({ discoveryApi: discovery }),
        });
        processing.addEntityProvider(provider);
        await scheduler.scheduleTask({
          id: 'ownership-imports',
          scope: 'global',
          frequency: { minutes: 1 },
          initialDelay: { seconds: 10 },
          timeout: { minutes: 30 },
          fn: () => provider.provide(),
        });
        // What fails does not come as far as the processor.
        await services.events.subscribe({
          id: 'ownership-errors',
          topics: [CATALOG_ERRORS_TOPIC],
          onEvent: async ({ eventPayload }) =>
            teller.changed((eventPayload as { entity: string }).entity),
        });
        lifecycle.addShutdownHook(() => teller.stop());
      },
    });
  },
});
