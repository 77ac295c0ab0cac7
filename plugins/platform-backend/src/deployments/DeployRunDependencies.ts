import type { Deployment } from '@slipway/plugin-platform-common';
import type { Runtime } from '@slipway/plugin-platform-node';
import type { ArtifactStore } from '../artifacts';
import type { ResourceConnections } from '../resources';
import type { DeploymentStore } from './DeploymentStore';
import type { ReleaseResources } from './ReleaseResources';

/** What the steps of a deployment work with. */
export interface DeployRunDependencies {
  store: DeploymentStore;
  artifacts: ArtifactStore;
  runtime: Runtime;
  resources: ReleaseResources;
  connections: ResourceConnections;
  /** Tells the requester how it ended. */
  notify(deployment: Deployment): Promise<void>;
}
