import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Deployment } from '@slipway/plugin-platform-common';
import type { Forge, RunKind, Runtime } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Access } from '../access';
import type { ArtifactStore } from '../artifacts';
import type { ConfigurationService } from '../configuration';
import type { Environments } from '../environments';
import type { ResourceConnections } from '../resources';
import type { RunOperations, Runs } from '../runs';
import type { ServiceStore } from '../services';
import { DeliveryOperations } from './DeliveryOperations';
import { DeploymentService } from './DeploymentService';
import type { DeployRunDependencies } from './DeployRunDependencies';
import { createDeployRunKind } from './deployRunKind';
import { HoldService } from './holds';
import { ReleaseDetails } from './ReleaseDetails';
import { ReleaseResources } from './ReleaseResources';
import { Rollouts } from './rollout';
import { scoreOf } from './servedReleases';
import { DatabaseDeploymentStore, HoldStore, ReleaseStore } from './store';

/** Puts together what brings releases into environments. */
export function createDeployments(options: {
  knex: Knex;
  runs: Runs;
  services: ServiceStore;
  forge: Forge;
  runtime: Runtime;
  environments: Environments;
  artifacts: ArtifactStore;
}) {
  const { knex, runs, services, forge, runtime, environments, artifacts } =
    options;
  const store = new DatabaseDeploymentStore(knex);
  const releases = new ReleaseStore(knex);
  const holds = new HoldStore(knex);
  const rules = { store, holds, environments };
  const deployments = new DeploymentService({
    ...options,
    store,
    releases,
    rules,
    runs: runs.service,
  });
  runs.service.onRetry((trx, id) => store.reopen(trx, id));

  return {
    store,
    releases,
    service: deployments,
    scoreOf: (place: { service: string; environment: string }) =>
      scoreOf({ store, releases }, place),

    /** The kinds of runs that deploy; older ones too, with which runs may be under way. */
    runKinds(more: {
      connections: ResourceConnections;
      configurations: ConfigurationService;
      replicas: DeployRunDependencies['replicas'];
      notify(deployment: Deployment): Promise<void>;
    }): RunKind[] {
      const dependencies = {
        ...more,
        store,
        releases,
        rules,
        rollouts: new Rollouts({ store, holds, runtime }),
        environments,
        services,
        forge,
        artifacts,
        runtime,
        resources: new ReleaseResources({ ...more, services }),
      };
      return ([3, 2, 1] as const).map(version =>
        createDeployRunKind(dependencies, version),
      );
    },

    /** What people ask of them. */
    operations(more: {
      access: Access;
      auditor: AuditorService;
      operations: RunOperations;
      configurations: ConfigurationService;
    }) {
      const shared = {
        ...more,
        services,
        store,
        releases,
        environments,
        forge,
        holds: new HoldService({ store: holds, releases, events: runs.events }),
      };
      return new DeliveryOperations({
        ...shared,
        details: new ReleaseDetails(shared),
      });
    },
  };
}
