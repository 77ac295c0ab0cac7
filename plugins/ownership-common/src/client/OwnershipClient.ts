import {
  type PlatformClientOptions,
  PlatformHttp,
} from '@slipway/plugin-platform-common';
import { entitiesCalls } from './calls/entitiesCalls';
import { findingsCalls } from './calls/findingsCalls';
import { importsCalls } from './calls/importsCalls';
import { leaversCalls } from './calls/leaversCalls';
import { teamsCalls } from './calls/teamsCalls';
import { transfersCalls } from './calls/transfersCalls';
import type { OwnershipApi } from './OwnershipApi';

// The calls of each area are assigned by the constructor; that none is missing is checked there.
export interface OwnershipClient extends OwnershipApi {}

/** {@link OwnershipApi} over HTTP, in the browser and between backend plugins. */
export class OwnershipClient {
  constructor(options: PlatformClientOptions) {
    const http = new PlatformHttp({ ...options, pluginId: 'ownership' });
    Object.assign(this, {
      ...entitiesCalls(http),
      ...findingsCalls(http),
      ...importsCalls(http),
      ...leaversCalls(http),
      ...teamsCalls(http),
      ...transfersCalls(http),
    } satisfies OwnershipApi);
  }
}
