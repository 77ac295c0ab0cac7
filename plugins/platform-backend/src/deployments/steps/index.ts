export { deploymentOf, type DeployVersion } from './context';
export { deploySteps } from './deploySteps';
