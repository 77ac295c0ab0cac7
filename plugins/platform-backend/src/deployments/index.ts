export { createDeployStarter } from './createDeployStarter';
export { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
export type { DeploymentStore } from './DeploymentStore';
export { createDeployRunKind, DEPLOY_RUN_KIND } from './deployRunKind';
export { DeploymentService } from './DeploymentService';
