export { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
export type { DeploymentStore } from './DeploymentStore';
export { createDeployRunKind } from './deployRunKind';
export { DeploymentService } from './DeploymentService';
