import { mockServices } from '@backstage/backend-test-utils';
import type { ResourceEvent } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import {
  environmentsOf,
  environmentsText,
} from '../../__testUtils__/environments';
import { startEngine } from '../../__testUtils__/engine';
import { createKeys } from '../../keys';
import { DatabaseRunSecrets } from '../../redaction';
import { createResources } from '../createResources';
import { TestResourceProvider } from './TestResourceProvider';

export const ENVIRONMENTS = environmentsText(
  [
    { name: 'dev', title: 'Development' },
    { name: 'prod', protected: true },
  ],
  `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: database }
spec:
  match: { type: database }
  provider: test-databases
  maximum: { connections: 20 }
`,
  `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: database-brief }
spec:
  match: { type: database, class: brief }
  provider: test-databases
  parameters: { size: small }
  timeToLive: { default: 7d, maximum: 30d }
`,
);

/** One backend's resources with its run engine, on a database that others may share. */
export async function startResources(
  knex: Knex,
  options: {
    test?: TestResourceProvider;
    environments?: string;
    encryptionKey?: string;
    previousEncryptionKeys?: string[];
    patienceMs?: number;
  } = {},
) {
  const test = options.test ?? new TestResourceProvider();
  const keys = createKeys(
    mockServices.rootConfig({
      data: {
        platform: {
          encryptionKey: options.encryptionKey ?? 'k'.repeat(32),
          previousEncryptionKeys: options.previousEncryptionKeys ?? [],
        },
      },
    }),
  );
  const runs = await startEngine(knex, [], {
    secrets: new DatabaseRunSecrets({ knex, key: keys.derive('secrets') }),
    start: false,
  });
  const events: ResourceEvent[] = [];
  const resources = createResources({
    knex,
    runs,
    environments: environmentsOf(options.environments ?? ENVIRONMENTS, [
      test.provider,
    ]),
    providers: [test.provider],
    keys,
    events: {
      publish: async ({ eventPayload }) => {
        events.push(eventPayload as ResourceEvent);
      },
    },
    logger: mockServices.logger.mock(),
    patienceMs: options.patienceMs,
  });
  await runs.start();
  return { ...resources, runs: runs.service, events, test, stop: runs.stop };
}
