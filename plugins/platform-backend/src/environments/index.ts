export { createEnvironments } from './createEnvironments';
export { Environments, type EnvironmentsNews } from './Environments';
