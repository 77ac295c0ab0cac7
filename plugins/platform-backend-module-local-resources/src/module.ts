import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AgentClient,
  readAgentConfig,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import { resourceProvidersExtensionPoint } from '@slipway/plugin-platform-node';
import { createDnsProvider } from './endpoints/createDnsProvider';
import { createHttpEndpointProvider } from './endpoints/createHttpEndpointProvider';
import { createRouteProvider } from './endpoints/createRouteProvider';
import { RouterAddress } from './endpoints/RouterAddress';
import { createVolumeProvider } from './volumes/createVolumeProvider';

/** Registers the providers of the resource types `volume`, `http-endpoint`, `dns` and `route`. */
export const localResourcesModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'local-resources',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: resourceProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const { agentUrl, agentToken, routerUrl } = readAgentConfig(config);
        const agent = new AgentClient({ url: agentUrl, token: agentToken });
        const router = new RouterAddress(routerUrl);
        [
          createVolumeProvider(agent),
          createHttpEndpointProvider(agent, router),
          createDnsProvider(agent, router),
          createRouteProvider(agent, router),
        ].forEach(provider => providers.addResourceProvider(provider));
      },
    });
  },
});
