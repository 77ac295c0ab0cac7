import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  callSourceExtensionPoint,
  historySourceExtensionPoint,
  leaverHandlerExtensionPoint,
  repositoryReaderExtensionPoint,
  transferMoverExtensionPoint,
} from '@slipway/plugin-ownership-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { PlatformCalls } from './PlatformCalls';
import { PlatformHistory } from './PlatformHistory';
import { PlatformLeavers } from './PlatformLeavers';
import { PlatformMover } from './PlatformMover';
import { PlatformRepositories } from './PlatformRepositories';

/**
 * Lets the platform move what goes to another team and take back what leavers had, and tell what happened to services, which calls which, and what
 * repositories say of who owns them.
 */
export const ownershipModulePlatform = createBackendModule({
  pluginId: 'ownership',
  moduleId: 'platform',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        calls: callSourceExtensionPoint,
        discovery: coreServices.discovery,
        history: historySourceExtensionPoint,
        leavers: leaverHandlerExtensionPoint,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        movers: transferMoverExtensionPoint,
        readers: repositoryReaderExtensionPoint,
      },
      async init({
        calls,
        history,
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
        history.setSource(new PlatformHistory({ ...services, platform }));
        calls.addSource(new PlatformCalls({ ...services, platform }));
        movers.setMover(mover);
        leavers.addHandler(new PlatformLeavers({ ...services, platform }));
        lifecycle.addShutdownHook(() => mover.stop());
      },
    });
  },
});
