import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  leaverHandlerExtensionPoint,
  repositoryReaderExtensionPoint,
  transferMoverExtensionPoint,
} from '@slipway/plugin-ownership-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { PlatformLeavers } from './PlatformLeavers';
import { PlatformMover } from './PlatformMover';
import { PlatformRepositories } from './PlatformRepositories';

/** Lets the platform move what goes to another team, take back what leavers had, and tell what repositories say of who owns them. */
export const ownershipModulePlatform = createBackendModule({
  pluginId: 'ownership',
  moduleId: 'platform',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        leavers: leaverHandlerExtensionPoint,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        movers: transferMoverExtensionPoint,
        readers: repositoryReaderExtensionPoint,
      },
      async init({
        discovery,
        leavers,
        lifecycle,
        movers,
        readers,
        ...services
      }) {
        const platform = new PlatformClient({ discoveryApi: discovery });
        const mover = new PlatformMover({ ...services, platform });
        readers.setReader(new PlatformRepositories({ ...services, platform }));
        movers.setMover(mover);
        leavers.addHandler(new PlatformLeavers({ ...services, platform }));
        lifecycle.addShutdownHook(() => mover.stop());
      },
    });
  },
});
