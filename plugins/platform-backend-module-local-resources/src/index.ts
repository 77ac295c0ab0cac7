/**
 * Volumes and addresses on this machine, made by the local agent.
 *
 * @packageDocumentation
 */
export { localResourcesModule as default } from './module';
export type { Agent } from './Agent';
export { createDnsProvider } from './endpoints/createDnsProvider';
export { createHttpEndpointProvider } from './endpoints/createHttpEndpointProvider';
export { createRouteProvider } from './endpoints/createRouteProvider';
export { RouterAddress } from './endpoints/RouterAddress';
export { createVolumeProvider } from './volumes/createVolumeProvider';
