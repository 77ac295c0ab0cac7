export * from './DeliveryApi';
export * from './MergeRequestsApi';
export * from './options';
export * from './PlatformApi';
export { PlatformClient } from './PlatformClient';
export {
  path as urlPath,
  type PlatformClientOptions,
  PlatformHttp,
} from './PlatformHttp';
export * from './PreviewsApi';
export { readEventStream } from './readEventStream';
