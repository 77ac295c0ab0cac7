import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { resourceProvidersExtensionPoint } from '@slipway/plugin-platform-node';
import { mkdir } from 'node:fs/promises';
import { TerraformCli } from './cli/TerraformCli';
import { createTerraformProvider } from './createTerraformProvider';
import { readModules } from './modules/readModules';
import { removeOldLooks } from './operations/leftUses';
import { Places } from './operations/Places';
import { readTerraformConfig } from './readTerraformConfig';
import { StateDatabase } from './state/StateDatabase';

/** Registers each module of the configured folder as a resource provider. */
export const terraformModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'terraform',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: resourceProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const settings = readTerraformConfig(config);
        if (!settings) {
          return;
        }
        const { directory, environment, cli: program, concurrency } = settings;
        const modules = await readModules(settings.modules);
        const places = new Places(directory);
        await mkdir(places.pluginCache, { recursive: true, mode: 0o700 });
        await removeOldLooks(places.looks);
        const cli = new TerraformCli({ program, concurrency });
        const states = new StateDatabase(settings.stateUrl);
        modules.forEach(module =>
          providers.addResourceProvider(
            createTerraformProvider(module, {
              ...{ cli, states, places, environment },
            }),
          ),
        );
      },
    });
  },
});
