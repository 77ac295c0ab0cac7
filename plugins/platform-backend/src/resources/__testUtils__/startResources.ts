import { mockServices } from '@backstage/backend-test-utils';
import {
  RESOURCE_RUN_KINDS,
  type Resource,
  type ResourceEvent,
  type StartRunRequest,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  environmentsOf,
  environmentsText,
} from '../../__testUtils__/environments';
import { startEngine } from '../../__testUtils__/engine';
import { ended } from '../../__testUtils__/runs';
import { createKeys, Keyring } from '../../keys';
import { DatabaseRunSecrets } from '../../redaction';
import { createResources } from '../createResources';
import { TestRedeployer } from './TestRedeployer';
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

/** Who asks. */
export const MARA = { userRef: 'user:default/mara' };

/** What {@link startResources} provisions where nothing else is said. */
export const DATABASE = {
  type: 'database',
  name: 'ledger',
  environment: 'dev',
  owner: 'group:default/payments',
};

export type StartedResources = Awaited<ReturnType<typeof startResources>>;

/** One backend's resources with its run engine, on a database that others may share. */
export async function startResources(
  knex: Knex,
  options: {
    test?: TestResourceProvider;
    environments?: string;
    encryptionKey?: string;
    previousEncryptionKeys?: string[];
    patienceMs?: number;
    driftEveryMs?: number;
    /** Whether nobody can be told anything. */
    mute?(): boolean;
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
  const redeployer = new TestRedeployer();
  const runs = await startEngine(knex, [redeployer.kind], {
    secrets: new DatabaseRunSecrets({
      knex,
      keyring: new Keyring(keys.deriveAll('secrets')),
    }),
    start: false,
  });
  const events: ResourceEvent[] = [];
  const news: string[] = [];
  const resources = createResources({
    knex,
    runs,
    environments: environmentsOf(options.environments ?? ENVIRONMENTS, [
      test.provider,
    ]),
    providers: [test.provider],
    keys,
    redeployer,
    runUrl: id => `http://localhost/runs/${id}`,
    events: {
      publish: async ({ eventPayload }) => {
        events.push(eventPayload as ResourceEvent);
      },
    },
    notifications: {
      send: async ({ recipients, payload }) => {
        if (options.mute?.()) {
          throw new Error('Nobody listens.');
        }
        if (recipients.type === 'entity') {
          news.push(`${recipients.entityRef}: ${payload.title}`);
        }
      },
    },
    logger: mockServices.logger.mock(),
    driftEveryMs: options.driftEveryMs ?? 60 * 60_000,
    patienceMs: options.patienceMs,
  });
  redeployer.runs = runs.service;
  await runs.start();
  const start = (
    kind: keyof typeof RESOURCE_RUN_KINDS,
    input: object,
    more: Partial<StartRunRequest> & { hold?: boolean } = {},
  ) =>
    runs.service.startByRequest(
      { kind: RESOURCE_RUN_KINDS[kind], input: { ...input }, ...more },
      MARA,
    );
  const perform = async (...args: Parameters<typeof start>) => {
    const { id } = await start(...args);
    return ended(runs.service, id);
  };
  return {
    /** Starts a run. */
    start,
    /** Starts a run, and waits for its end. */
    perform,
    /** What a run would do. */
    plan: (kind: keyof typeof RESOURCE_RUN_KINDS, input: object) =>
      runs.service.plan(
        { kind: RESOURCE_RUN_KINDS[kind], input: { ...input } },
        MARA,
      ),
    /** Makes a database, and answers it. */
    provision: async (input: object = {}): Promise<Resource> => {
      const run = await perform('provision', { ...DATABASE, ...input });
      expect(run.failure).toBeUndefined();
      return resources.service.get(String(run.output?.resourceId));
    },
    /** Lets a service use a resource. */
    connect: (resource: Resource, service: string) =>
      knex('resource_connections').insert({
        deployment_id: randomUUID(),
        service,
        environment: resource.environment,
        alias: 'db',
        resource_id: resource.id,
      }),
    knex,
    keys,
    definitions: options.environments ?? ENVIRONMENTS,
    ...resources,
    runs: runs.service,
    events,
    /** What owners were told, each with whom. */
    news,
    redeployer,
    test,
    stop: async () => {
      await runs.stop();
      await resources.stop();
    },
  };
}
