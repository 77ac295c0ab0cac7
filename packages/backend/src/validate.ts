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
import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import path from 'node:path';
import { resourceProviderModules } from './resourceProviderModules';
import { validateRotations } from './validateRotations';

/** Nobody who validates files wants to read how a backend starts. */
const silent: RootLoggerService = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/**
 * Checks the environments, resource definitions and on-call rotations, the former in a backend that has what resource providers need while they are made, and neither
 * database nor server. Ends with code 1 where something is wrong.
 * `SLIPWAY_VALIDATE_FROM` is the folder that the paths it prints are relative to.
 */
async function validate(): Promise<number> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ argv: process.argv, watch: false }),
  );
  let result: EnvironmentsValidation | undefined;
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      lifecycleServiceFactory,
      loggerServiceFactory,
      rootLifecycleServiceFactory,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => config,
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
  const rotations = await validateRotations(config);
  const problems = [
    ...tellProblems(result),
    ...(rotations ? tellProblems(rotations) : []),
  ];
  if (problems.length > 0) {
    process.stdout.write(
      `\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n`,
    );
    return 1;
  }
  const { environments, definitions, files, providers } = result;
  process.stdout.write(
    `${environments} environments and ${definitions} resource definitions in ${files} files are valid, held against the resource providers ${providers.join(', ')}.\n`,
  );
  process.stdout.write(
    rotations
      ? `${rotations.rotations} on-call rotations in ${rotations.files} files are valid.\n`
      : 'On-call rotations were not checked: no file of auth.providers.local.usersFrom names people.\n',
  );
  return 0;
}

/** Writes problems with their places, and answers them. */
function tellProblems({
  folder,
  problems,
}: Pick<EnvironmentsValidation, 'folder' | 'problems'>): DefinitionProblem[] {
  const from = process.env.SLIPWAY_VALIDATE_FROM ?? process.cwd();
  for (const { file, line, message } of problems) {
    const where = path.relative(from, path.join(folder, file));
    process.stderr.write(`${where}:${line}: ${message}\n`);
  }
  return problems;
}

validate().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
