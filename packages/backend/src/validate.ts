import { createSpecializedBackend } from '@backstage/backend-app-api';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  createValidationPlugin,
  type EnvironmentsValidation,
} from '@slipway/plugin-platform-backend';
import { ConfigSources } from '@backstage/config-loader';
import path from 'node:path';
import { resourceProviderModules } from './resourceProviderModules';

/** Nobody who validates files wants to read how a backend starts. */
const silent: RootLoggerService = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/**
 * Checks the environments and resource definitions in a backend that has what resource providers need while they are made, and neither
 * database nor server. Ends with code 1 where something is wrong.
 * `SLIPWAY_VALIDATE_FROM` is the folder that the paths it prints are relative to.
 */
async function validate(): Promise<number> {
  let result: EnvironmentsValidation | undefined;
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      lifecycleServiceFactory,
      loggerServiceFactory,
      rootLifecycleServiceFactory,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () =>
          ConfigSources.toConfig(
            ConfigSources.default({ argv: process.argv, watch: false }),
          ),
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => silent,
      }),
    ],
  });
  backend.add(
    createValidationPlugin(found => {
      result = found;
    }),
  );
  for (const module of resourceProviderModules) {
    backend.add(module);
  }
  await backend.start();
  if (!result) {
    throw new Error('Nothing was checked.');
  }
  return report(result);
}

function report(result: EnvironmentsValidation): number {
  const { folder, files, environments, definitions, providers } = result;
  const from = process.env.SLIPWAY_VALIDATE_FROM ?? process.cwd();
  for (const { file, line, message } of result.problems) {
    const where = path.relative(from, path.join(folder, file));
    process.stderr.write(`${where}:${line}: ${message}\n`);
  }
  const { length } = result.problems;
  process.stdout.write(
    length > 0
      ? `\n${length} ${length === 1 ? 'problem' : 'problems'} in ${path.relative(from, folder) || '.'}\n`
      : `${environments} environments and ${definitions} resource definitions in ${files} files are valid, held against the resource providers ${providers.join(', ')}.\n`,
  );
  return length > 0 ? 1 : 0;
}

validate().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
