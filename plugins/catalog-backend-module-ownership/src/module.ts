import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { CATALOG_ERRORS_TOPIC } from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { ChangeProcessor } from './ChangeProcessor';
import { ChangeTeller } from './ChangeTeller';

/** Tells `ownership` what changed in the catalog. */
export const catalogModuleOwnership = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ownership',
  register(registration) {
    registration.registerInit({
      deps: {
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ lifecycle, processing, ...services }) {
        const teller = new ChangeTeller(services);
        processing.addProcessor(new ChangeProcessor({ teller }));
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
