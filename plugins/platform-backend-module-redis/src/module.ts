import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { resourceProvidersExtensionPoint } from '@slipway/plugin-platform-node';
import { createRedisProvider } from './createRedisProvider';
import { readRedisServers } from './readRedisServers';

/** Registers the provider of the resource type `redis`. */
export const redisModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'redis',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: resourceProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        providers.addResourceProvider(
          createRedisProvider(readRedisServers(config)),
        );
      },
    });
  },
});
