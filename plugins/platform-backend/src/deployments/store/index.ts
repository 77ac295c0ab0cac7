export { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
export type {
  DeploymentFilter,
  DeploymentStore,
  StoredProgress,
} from './DeploymentStore';
export { HoldStore } from './HoldStore';
export { ReleaseStore, type StoredRelease } from './ReleaseStore';
