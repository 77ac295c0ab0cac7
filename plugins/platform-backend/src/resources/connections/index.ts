export { allOf } from './allOf';
export { planOf } from './planOf';
export {
  type DeploymentOutputs,
  type EnsuredResource,
  ResourceConnections,
} from './ResourceConnections';
export { type OnBehalfOf, ResourceRuns } from './ResourceRuns';
export type { UnusedResource } from './UnusedResources';
export type { WantedResource } from './WantedResource';
