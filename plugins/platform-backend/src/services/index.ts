export {
  CREATE_SERVICE_RUN_KIND,
  createServiceRunKind,
} from './createServiceRunKind';
export { pipelineStartedEvent } from './pipelineStartedEvent';
export { createRemoveServiceRunKind } from './removeServiceRunKind';
export { ServiceDelivery } from './ServiceDelivery';
export { ServiceNames } from './ServiceNames';
export { ServiceRemoval } from './ServiceRemoval';
export type { TakeAwayDependencies } from './takeAway';
export { ServiceStore, type StoredService } from './ServiceStore';
