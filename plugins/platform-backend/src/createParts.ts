import type { DatabaseService } from '@backstage/backend-plugin-api';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { FileArtifactStore } from './artifacts';
import { createConfigurations } from './configuration';
import { createDeployments, createRedeployer } from './deployments';
import { createEngine } from './createEngine';
import { FactStore } from './facts';
import { createEnvironments } from './environments';
import { RunNotifier } from './notifications';
import { OverviewService } from './overview';
import { DatabasePipelineStore, PipelineService } from './pipelines';
import { Reencryption } from './keys';
import type { PlatformOptions } from './PlatformOptions';
import { reencryptRunSecrets } from './redaction';
import { createResources } from './resources';
import { ServiceNames, ServiceRemoval, ServiceStore } from './services';
import { createPreviews } from './previews';
import { createScaling } from './scaling';

/** How far apart looks for drift are where `platform.resources.driftCheckMinutes` doesn't say, in minutes. */
const DRIFT_CHECK_MINUTES = 10;

/** Everything that the platform consists of, each put together with what it needs. */
export type PlatformParts = Awaited<ReturnType<typeof createParts>>;

/** Puts the parts together, without what people ask of them. */
export async function createParts(options: PlatformOptions) {
  const { config, providers } = options;
  const { forge, runtime } = providers;
  const knex = await migratedDatabase(options.database);
  const { environments, watch } = await createEnvironments({
    config,
    logger: options.logger,
    signals: options.signals,
    providers: providers.resourceProviders,
  });
  const artifacts = new FileArtifactStore(
    config.getString('platform.artifacts.directory'),
  );
  const notifier = new RunNotifier(options);
  const { engine, keys, keyring, secrets } = await createEngine({
    ...options,
    knex,
    environments,
    notifier,
  });
  const { service: runs } = engine;

  const services = new ServiceStore(knex);
  const pipelineStore = new DatabasePipelineStore(knex);
  const pipelines = new PipelineService({
    store: pipelineStore,
    services,
    runs,
    forge,
    events: engine.waits,
    logger: options.logger,
  });
  const deployments = createDeployments({
    knex,
    runs: engine,
    services,
    forge,
    runtime,
    environments,
    artifacts,
  });
  const scaling = createScaling({
    ...options,
    knex,
    runs: engine,
    services,
    deployments: deployments.store,
    environments,
    runtime,
  });
  engine.addChore(scaling.chore());
  const removal = new ServiceRemoval({
    deployments: deployments.store,
    runs,
    runtime,
    forget: place => scaling.forget(place),
  });
  const portalUrl = config.getOptionalString('app.baseUrl') ?? '';
  const runUrl = (id: string) => `${portalUrl}/runs/${id}`;
  const resources = createResources({
    ...options,
    knex,
    runs: engine,
    environments,
    providers: providers.resourceProviders,
    keys,
    events: options.eventsService,
    redeployer: createRedeployer({
      deployments: deployments.service,
      removal,
    }),
    runUrl,
    driftEveryMs:
      60_000 *
      (config.getOptionalNumber('platform.resources.driftCheckMinutes') ??
        DRIFT_CHECK_MINUTES),
  });
  const configurations = createConfigurations({
    knex,
    keyring,
    runs,
    services,
    environments,
    scoreOf: deployments.scoreOf,
    deploy: (place, request) =>
      deployments.service.refresh({
        ...place,
        ...request,
        cause: 'configuration',
      }),
  });
  engine.addChore(
    new Reencryption({
      stores: [
        reencryptRunSecrets(knex, keyring),
        resources.encrypted,
        configurations.encrypted,
      ],
      logger: options.logger,
    }),
  );
  const { connections } = resources;
  const previews = createPreviews({
    ...options,
    knex,
    runs: engine,
    services,
    environments,
    forge,
    pipelines: pipelineStore,
    deployments,
    removal,
    connections,
  });
  engine.addChore(previews.chore());
  const overview = new OverviewService({
    services,
    pipelines: pipelineStore,
    deployments: deployments.store,
    releases: deployments.releases,
    runs,
    forge,
    runtime,
    environments,
  });

  const facts = new FactStore(knex);
  const names = new ServiceNames({ ...options, forge });

  runs.onRetry((trx, id) => pipelineStore.reopen(trx, id));
  return {
    knex,
    environments,
    watch,
    artifacts,
    notifier,
    engine,
    secrets,
    services,
    pipelineStore,
    pipelines,
    deployments,
    scaling,
    removal,
    runUrl,
    resources,
    configurations,
    previews,
    overview,
    facts,
    names,
  };
}

async function migratedDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@slipway/plugin-platform-backend',
        'migrations',
      ),
    });
  }
  return knex;
}
