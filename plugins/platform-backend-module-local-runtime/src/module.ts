import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { runtimeExtensionPoint } from '@slipway/plugin-platform-node';
import { LocalRuntime } from './LocalRuntime';

/** Registers the local agent as the platform's runtime. */
export const localRuntimeModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'local-runtime',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        runtime: runtimeExtensionPoint,
      },
      async init({ config, logger, runtime }) {
        runtime.setRuntime(LocalRuntime.fromConfig(config, { logger }));
      },
    });
  },
});
