import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { createCreateServiceAction } from './actions/createService';
import { createDestroyResourceAction } from './actions/destroyResource';
import { createProvisionResourceAction } from './actions/provisionResource';
import { createRunAction } from './actions/run';
import { RunWatch } from './runs/RunWatch';

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
        events: eventsServiceRef,
      },
      async init({ actions, auth, config, discovery, events }) {
        const options = {
          auth,
          platform: new PlatformClient({ discoveryApi: discovery }),
          portalUrl: config.getString('app.baseUrl'),
          watch: await RunWatch.create(events),
        };
        actions.addActions(
          createCreateServiceAction(options),
          createProvisionResourceAction(options),
          createDestroyResourceAction(options),
          createRunAction(options),
        );
      },
    });
  },
});
