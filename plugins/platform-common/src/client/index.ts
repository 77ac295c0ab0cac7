export * from './PlatformApi';
export { PlatformClient } from './PlatformClient';
export type { PlatformClientOptions } from './PlatformHttp';
export { readEventStream } from './readEventStream';
