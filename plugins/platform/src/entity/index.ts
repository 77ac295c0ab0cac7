export { isResource, resourceIdOf } from './isResource';
export { isService, serviceNameOf } from './isService';
export { useServiceName } from './useServiceName';
export { concerns, useServiceOverview } from './useServiceOverview';
