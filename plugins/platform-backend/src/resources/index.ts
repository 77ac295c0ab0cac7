export { createResources, type Resources } from './createResources';
export { ResourceOperations } from './ResourceOperations';
