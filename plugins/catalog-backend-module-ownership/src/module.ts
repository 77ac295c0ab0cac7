import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
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
        lifecycle.addShutdownHook(() => teller.stop());
      },
    });
  },
});
