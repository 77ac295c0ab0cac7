export { createDeployments } from './createDeployments';
export { createDeployStarter } from './createDeployStarter';
export { createRedeployer } from './createRedeployer';
export type { DeploymentService } from './DeploymentService';
export type { DeliveryOperations } from './DeliveryOperations';
export { DEPLOY_RUN_KIND } from './deployRunKind';
export type { DeploymentStore, ReleaseStore } from './store';
