import type { Deployment } from '@slipway/plugin-platform-common';
import type { Forge, Runtime } from '@slipway/plugin-platform-node';
import type { ArtifactStore } from '../artifacts';
import type { ConfigurationService } from '../configuration';
import type { Environments } from '../environments';
import type { ResourceConnections } from '../resources';
import type { ServiceStore } from '../services';
import type { PromotionRules } from './promotionRules';
import type { ReleaseResources } from './ReleaseResources';
import type { Rollouts } from './rollout';
import type { ReleaseStore, DeploymentStore } from './store';

/** What the steps of a deployment work with. */
export interface DeployRunDependencies {
  store: DeploymentStore;
  releases: Pick<ReleaseStore, 'get'>;
  rules: PromotionRules;
  rollouts: Rollouts;
  environments: Pick<Environments, 'get'>;
  services: Pick<ServiceStore, 'find'>;
  forge: Pick<Forge, 'commitsBetween'>;
  configurations: Pick<ConfigurationService, 'configured' | 'missing'>;
  /** How many processes of a service there shall be. */
  replicas(place: { service: string; environment: string }): Promise<number>;
  artifacts: ArtifactStore;
  runtime: Runtime;
  resources: ReleaseResources;
  connections: ResourceConnections;
  /** Tells the requester how it ended. */
  notify(deployment: Deployment): Promise<void>;
}
