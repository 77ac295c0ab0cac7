import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import express, { type Router } from 'express';
import type { Knex } from 'knex';
import { Access } from './access';
import { registerActions } from './actions';
import {
  ApprovalOperations,
  ApprovalService,
  ApprovalStore,
} from './approvals';
import { FileArtifactStore } from './artifacts';
import { createDecisions } from './decisions';
import {
  createDeployRunKind,
  createDeployStarter,
  createRedeployer,
  DatabaseDeploymentStore,
  DEPLOY_RUN_KIND,
  type DeployRunDependencies,
  DeploymentService,
  ReleaseResources,
} from './deployments';
import { createEnvironments } from './environments';
import { ApprovalAnnouncer, RunNotifier } from './notifications';
import { OverviewService } from './overview';
import {
  createPipelineRunKind,
  DatabasePipelineStore,
  PIPELINE_RUN_KIND,
  PipelineService,
} from './pipelines';
import { createKeys, Keyring, Reencryption } from './keys';
import { LedgerService } from './ledger';
import type { Providers } from './Providers';
import { DatabaseRunSecrets, reencryptRunSecrets } from './redaction';
import { createResources, ResourceOperations } from './resources';
import { createRuns, RunOperations } from './runs';
import {
  CREATE_SERVICE_RUN_KIND,
  createRemoveServiceRunKind,
  createServiceRunKind,
  ServiceDelivery,
  ServiceNames,
  ServiceRemoval,
  ServiceStore,
} from './services';
import { createRouter } from './router';

/** How long a pipeline may take where `platform.pipelines.timeoutMinutes` doesn't say, in minutes. */
const PIPELINE_TIMEOUT_MINUTES = 15;

/** How far apart looks for drift are where `platform.resources.driftCheckMinutes` doesn't say, in minutes. */
const DRIFT_CHECK_MINUTES = 10;

/** A platform that is put together, and not yet running. */
export interface Platform {
  router: Router;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the platform's parts together. */
export async function createPlatform(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  eventsService: EventsService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  providers: Providers;
  signals: SignalsService;
  userInfo: UserInfoService;
}): Promise<Platform> {
  const { config, providers } = options;
  const { forge, engine: pipelineEngine, runtime } = providers;
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
  const keys = createKeys(config);
  const keyring = new Keyring(keys.deriveAll('secrets'));
  const secrets = new DatabaseRunSecrets({ knex, keyring });
  const engine = await createRuns({
    ...options,
    knex,
    rules: createDecisions({
      ...options,
      environments,
      deciders: providers.deciders,
    }),
    secrets,
    callbackKeys: keys.deriveAll('callbacks').map(({ key }) => key),
    baseUrl: () => options.discovery.getExternalBaseUrl('platform'),
    notify: end => notifier.runEnded(end),
  });
  const announcer = new ApprovalAnnouncer({
    ...options,
    knex,
    events: engine.events,
    secrets,
  });
  engine.addChore({
    wakesOn: 'waiting run',
    sweep: () => announcer.announce(),
  });
  options.providers.runEvents.connectTo(engine.waits);
  const { service: runs, events } = engine;

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
  const deploymentStore = new DatabaseDeploymentStore(knex);
  const deployments = new DeploymentService({
    store: deploymentStore,
    services,
    runs,
    forge,
    environments,
  });
  const removal = new ServiceRemoval({
    deployments: deploymentStore,
    runs,
    runtime,
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
    redeployer: createRedeployer({ deployments, removal }),
    runUrl,
    driftEveryMs:
      60_000 *
      (config.getOptionalNumber('platform.resources.driftCheckMinutes') ??
        DRIFT_CHECK_MINUTES),
  });
  engine.addChore(
    new Reencryption({
      stores: [reencryptRunSecrets(knex, keyring), resources.encrypted],
      logger: options.logger,
    }),
  );
  const { connections } = resources;
  const deploying: DeployRunDependencies = {
    store: deploymentStore,
    artifacts,
    runtime,
    connections,
    resources: new ReleaseResources({ connections, services }),
    notify: deployment => notifier.deploymentEnded(deployment),
  };
  const overview = new OverviewService({
    services,
    pipelines: pipelineStore,
    deployments: deploymentStore,
    runs,
    forge,
    runtime,
    environments,
  });

  const names = new ServiceNames({ ...options, forge });

  runs.onRetry((trx, id) => pipelineStore.reopen(trx, id));
  runs.onRetry((trx, id) => deploymentStore.reopen(trx, id));

  for (const kind of [
    createPipelineRunKind({
      store: pipelineStore,
      artifacts,
      forge,
      engine: pipelineEngine,
      events,
      secrets,
      timeoutMs:
        60_000 *
        (config.getOptionalNumber('platform.pipelines.timeoutMinutes') ??
          PIPELINE_TIMEOUT_MINUTES),
      handOver: (pipeline, artifact) =>
        deployments.handOver(pipeline, artifact),
      notify: pipeline => notifier.pipelineEnded(pipeline),
    }),
    createDeployRunKind(deploying),
    // Runs that were under way before there were resources.
    createDeployRunKind(deploying, 1),
    createServiceRunKind({
      artifacts,
      environments,
      forge,
      names,
      services,
      delivery: new ServiceDelivery({
        pipelines: pipelineStore,
        deployments: deploymentStore,
        runs,
        runUrl,
      }),
      removal,
      connections,
    }),
    createRemoveServiceRunKind({
      deployments: deploymentStore,
      environments,
      forge,
      services,
      removal,
      connections,
    }),
    ...providers.runKinds,
  ]) {
    engine.kinds.add(kind);
  }

  const access = new Access(options);
  const operations = new RunOperations({
    ...options,
    runs,
    access,
    starters: new Map([[DEPLOY_RUN_KIND, createDeployStarter(deployments)]]),
    creating: new Set([CREATE_SERVICE_RUN_KIND]),
  });
  const approvals = new ApprovalOperations({
    ...options,
    access,
    approvals: new ApprovalService({
      store: new ApprovalStore(knex),
      waits: engine.waits,
      events,
      secrets,
    }),
  });
  const resourceOperations = new ResourceOperations({
    ...options,
    access,
    resources: resources.service,
  });
  registerActions(options.actionsRegistry, {
    operations,
    approvals,
    resources: resourceOperations,
  });
  const stopping = new AbortController();
  const router = express.Router().use(
    createRouter({
      access,
      approvals,
      artifacts,
      deployments,
      environments,
      ledger: new LedgerService(knex),
      names,
      operations,
      overview,
      pipelines,
      resources: resourceOperations,
      runs,
      runtime,
      services,
      stopping: stopping.signal,
      waits: engine.waits,
      async companion(run) {
        const pipeline =
          run.kind === PIPELINE_RUN_KIND
            ? await pipelineStore.getByRun(run.id)
            : undefined;
        return pipeline && { type: 'pipeline', pipeline };
      },
    }),
  );
  return {
    router,
    async start() {
      watch(stopping.signal);
      await engine.start();
      forge.deliverPushesTo(push => pipelines.pushed(push));
      runtime.watch(
        (ref, { health }) =>
          events.publish({ type: 'workload', ...ref, health }),
        stopping.signal,
      );
    },
    async stop() {
      stopping.abort();
      await engine.stop();
      await resources.stop();
    },
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
