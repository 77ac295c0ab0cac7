export { createResources, type Resources } from './createResources';
export type { Redeployer, ServiceThere } from './Redeployer';
export { ResourceOperations } from './ResourceOperations';
export { allOf } from './connections';
export type {
  OnBehalfOf,
  ResourceConnections,
  UnusedResource,
  WantedResource,
} from './connections';
