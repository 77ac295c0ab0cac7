import type { PlatformApi } from '@slipway/plugin-platform-common';

/** The part of the platform that tells about resources. */
export type ResourceApi = Pick<PlatformApi, 'listResources' | 'getResource'>;
