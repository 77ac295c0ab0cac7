import { factsOf } from './facts';
import { createMoveRunKind, OwnerStore } from './ownership';
import { createPipelineRunKind } from './pipelines';
import type { PlatformOptions } from './PlatformOptions';
import {
  createRemoveServiceRunKind,
  createServiceRunKind,
  ServiceDelivery,
} from './services';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { PlatformParts } from './createParts';

/** How long a pipeline may take where `platform.pipelines.timeoutMinutes` doesn't say, in minutes. */
const PIPELINE_TIMEOUT_MINUTES = 15;

/** Every kind of run that the platform knows: its own, and those of modules. */
export function createRunKinds(
  options: Pick<PlatformOptions, 'auth' | 'catalog' | 'config' | 'providers'>,
  parts: PlatformParts,
): RunKind[] {
  const { auth, catalog, config, providers } = options;
  const { artifacts, configurations, deployments, engine, environments } =
    parts;
  const { facts, names, notifier, pipelineStore, previews } = parts;
  const { removal, resources, runUrl, scaling, secrets, services } = parts;
  const { forge } = providers;
  const { events, service: runs } = engine;
  const { connections } = resources;
  return [
    createPipelineRunKind({
      store: pipelineStore,
      artifacts,
      forge,
      engine: providers.engine,
      events,
      secrets,
      timeoutMs:
        60_000 *
        (config.getOptionalNumber('platform.pipelines.timeoutMinutes') ??
          PIPELINE_TIMEOUT_MINUTES),
      handOver: (pipeline, artifact) =>
        deployments.service.handOver(pipeline, artifact),
      keepReports: (digest, reports) => facts.keep(digest, factsOf(reports)),
      handOverBranch: (pipeline, artifact) =>
        previews.service.handOver(pipeline, artifact),
      runUrl,
      notify: pipeline => notifier.pipelineEnded(pipeline),
    }),
    configurations.runKind(),
    previews.runKind(),
    ...scaling.runKinds(),
    ...deployments.runKinds({
      connections,
      configurations: configurations.service,
      replicas: place => scaling.service.replicas(place),
      notify: async deployment =>
        notifier.deploymentEnded(deployment, {
          // A service that was removed meanwhile has no team any more.
          owner: (await services.find(deployment.service))?.owner,
          isRoutine:
            environments.get(deployment.environment)?.autoDeploy ?? false,
        }),
    }),
    createServiceRunKind({
      artifacts,
      environments,
      forge,
      names,
      services,
      delivery: new ServiceDelivery({
        pipelines: pipelineStore,
        deployments: deployments.store,
        runs,
        runUrl,
      }),
      removal,
      connections,
    }),
    createRemoveServiceRunKind({
      deployments: deployments.store,
      environments,
      forge,
      services,
      removal,
      connections,
    }),
    createMoveRunKind({
      catalog,
      auth,
      forge,
      store: new OwnerStore(parts.knex),
    }),
    ...providers.runKinds,
  ];
}
