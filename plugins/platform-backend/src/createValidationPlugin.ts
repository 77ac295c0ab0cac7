import {
  type BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import { EnvironmentFiles, readEnvironments } from './environments';
import { Providers } from './Providers';
import { registerExtensionPoints } from './registerExtensionPoints';

/** What the files of the environments hold. */
export interface EnvironmentsValidation {
  /** The folder that the problems' files are relative to. */
  folder: string;
  files: number;
  environments: number;
  definitions: number;
  /** The names of the resource providers that definitions were held against. */
  providers: string[];
  problems: DefinitionProblem[];
}

/**
 * Stands in for the platform where only its environments are to be checked: it takes the resource providers of the modules beside it,
 * tells what is wrong, and does nothing else.
 */
export function createValidationPlugin(
  onResult: (result: EnvironmentsValidation) => void,
): BackendFeature {
  return createBackendPlugin({
    pluginId: 'platform',
    register(env) {
      const providers = new Providers();
      registerExtensionPoints(env, providers);
      env.registerInit({
        deps: { config: coreServices.rootConfig },
        async init({ config }) {
          const files = EnvironmentFiles.fromConfig(config);
          const sources = await files.read();
          const { environments, definitions, problems } = readEnvironments(
            sources,
            providers.resourceProviders,
          );
          onResult({
            folder: files.folder,
            files: sources.length,
            environments: environments.length,
            definitions: definitions.length,
            providers: providers.resourceProviders.map(({ name }) => name),
            problems,
          });
        },
      });
    },
  });
}
