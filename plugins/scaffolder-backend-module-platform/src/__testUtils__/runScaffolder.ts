import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import createKnex from 'knex';
import { createInterface } from 'node:readline';
import { scaffolderModulePlatform } from '../module';
import type { ScaffolderSettings } from './ScaffolderProcess';
import { PROMOTE_TEMPLATE } from './promoteTemplate';
import { signalOf } from './signalOf';

/**
 * A backend with the real scaffolder in a process of its own, so that it can be killed. Prints its port; each line it is sent names
 * a run that has changed.
 */
async function runScaffolder(): Promise<void> {
  const settings: ScaffolderSettings = JSON.parse(process.argv[2]);
  const knex = createKnex({
    client: 'pg',
    connection: settings.connection,
    pool: { max: 10 },
  });
  const events = mockServices.events();
  const { server } = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModulePlatform,
      catalogServiceMock.factory({ entities: [PROMOTE_TEMPLATE] }),
      createServiceFactory({
        service: mockServices.database.factory().service,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: mockServices.discovery.factory().service,
        deps: {},
        factory: () => ({
          getBaseUrl: async () => settings.platformUrl,
          getExternalBaseUrl: async () => settings.platformUrl,
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          backend: { workingDirectory: settings.directory },
          scaffolder: settings.config,
        },
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
    ],
  });
  process.stdout.write(`listening ${server.port()}\n`);
  for await (const runId of createInterface({ input: process.stdin })) {
    await events.publish(signalOf(runId));
  }
}

runScaffolder().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
