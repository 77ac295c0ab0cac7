export { createRedeployer } from './createRedeployer';
export { createDeployStarter } from './createDeployStarter';
export { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
export type { DeploymentStore } from './DeploymentStore';
export { createDeployRunKind, DEPLOY_RUN_KIND } from './deployRunKind';
export type { DeployRunDependencies } from './DeployRunDependencies';
export { ReleaseResources } from './ReleaseResources';
export { DeploymentService } from './DeploymentService';
