export * from './PlatformApi';
export { PlatformClient, type PlatformClientOptions } from './PlatformClient';
export { readEventStream } from './readEventStream';
