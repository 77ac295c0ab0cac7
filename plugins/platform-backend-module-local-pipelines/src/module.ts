import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { pipelineEngineExtensionPoint } from '@slipway/plugin-platform-node';
import { LocalPipelineEngine } from './LocalPipelineEngine';

/** Registers gitlab-ci-local as what executes the platform's pipelines. */
export const localPipelinesModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'local-pipelines',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        engine: pipelineEngineExtensionPoint,
      },
      async init({ config, logger, engine }) {
        engine.setPipelineEngine(
          await LocalPipelineEngine.fromConfig(config, { logger }),
        );
      },
    });
  },
});
