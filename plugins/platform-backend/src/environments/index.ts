export { createEnvironments } from './createEnvironments';
export { EnvironmentFiles } from './EnvironmentFiles';
export { Environments, type EnvironmentsNews } from './Environments';
export { readEnvironments } from './readEnvironments';
