import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { createRepositoryAction } from './actions/createRepository';
import { createWaitForServiceAction } from './actions/waitForService';

/** Gives templates the platform's actions. */
export const scaffolderModulePlatform = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'platform',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, config, discovery }) {
        const options = {
          auth,
          platform: new PlatformClient({ discoveryApi: discovery }),
          portalUrl: config.getString('app.baseUrl'),
        };
        actions.addActions(
          createRepositoryAction(options),
          createWaitForServiceAction(options),
        );
      },
    });
  },
});
