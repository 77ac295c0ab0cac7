import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platformPlugin } from '../plugin';
import { platformDatabase } from './engine';
import { DEV_AND_PROD } from './environments';
import { organisationCatalog } from './organisationCatalog';
import { TestProviders } from './providers';
import { until } from './until';

const TEAMS: Record<string, string> = {
  mara: 'payments',
  idris: 'payments',
  runa: 'payments',
  tomas: 'growth',
};

/** The header with which somebody of the organisation calls. */
export function as(name: string): { authorization: string } {
  return {
    authorization: mockCredentials.user.header(`user:default/${name}`),
  };
}

/** The plugin on a real database and server, with providers in memory; `prod` is protected. */
export function startPlatform(
  databases: TestDatabases,
  ...features: BackendFeature[]
) {
  return startPlatformWith(databases, { environments: DEV_AND_PROD }, features);
}

/**
 * The same with other environments.
 *
 * @param options - `environments`: YAML. `platform`: more of the configuration under `platform`
 */
export async function startPlatformWith(
  databases: TestDatabases,
  {
    environments,
    platform = {},
  }: { environments: string; platform?: JsonObject },
  features: BackendFeature[],
) {
  const directory = await mkdtemp(path.join(tmpdir(), 'platform-'));
  const output = path.join(directory, 'output');
  await mkdir(output);
  await writeFile(path.join(output, 'main.js'), 'hello');
  const environmentsFile = path.join(directory, 'environments.yaml');
  await writeFile(environmentsFile, environments);
  const providers = new TestProviders();
  providers.outcome = { state: 'succeeded', artifactDirectory: output };
  const knex = await platformDatabase(databases);
  const catalog = organisationCatalog();
  const backend = await startTestBackend({
    features: [
      platformPlugin,
      providers.module,
      mockServices.rootConfig.factory({
        data: {
          backend: { actions: { pluginSources: ['platform'] } },
          platform: {
            environmentsFrom: environmentsFile,
            encryptionKey: 'a key of tests, which is long enough',
            artifacts: { directory: path.join(directory, 'artifacts') },
            ...platform,
          },
        },
      }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { userEntityRef } = (
            credentials as { principal: { userEntityRef: string } }
          ).principal;
          const team = TEAMS[userEntityRef.replace('user:default/', '')];
          return {
            userEntityRef,
            ownershipEntityRefs: [userEntityRef, `group:default/${team}`],
          };
        },
      }).factory,
      catalog.feature,
      ...features,
    ],
  });
  await until(() => providers.delivers);
  return {
    server: backend.server,
    providers,
    knex,
    /** Whether the catalog answers, and what it has beside the organisation. */
    catalog: catalog.presence,
    /** Where the environments are read from. */
    environmentsFile,
    stop: async () => {
      await backend.stop();
      await rm(directory, { recursive: true });
    },
  };
}
