import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { transferMoverExtensionPoint } from '@slipway/plugin-ownership-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { PlatformMover } from './PlatformMover';

/** Lets the platform move what goes to another team. */
export const ownershipModulePlatform = createBackendModule({
  pluginId: 'ownership',
  moduleId: 'platform',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        movers: transferMoverExtensionPoint,
      },
      async init({ discovery, lifecycle, movers, ...services }) {
        const mover = new PlatformMover({
          ...services,
          platform: new PlatformClient({ discoveryApi: discovery }),
        });
        movers.setMover(mover);
        lifecycle.addShutdownHook(() => mover.stop());
      },
    });
  },
});
