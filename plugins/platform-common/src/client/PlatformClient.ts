import { accessTokensCalls } from './calls/accessTokensCalls';
import { approvalsCalls } from './calls/approvalsCalls';
import { deliveriesCalls } from './calls/deliveriesCalls';
import { mergeRequestsCalls } from './calls/mergeRequestsCalls';
import { pipelinesCalls } from './calls/pipelinesCalls';
import { previewsCalls } from './calls/previewsCalls';
import { repositoriesCalls } from './calls/repositoriesCalls';
import { resourcesCalls } from './calls/resourcesCalls';
import { runsCalls } from './calls/runsCalls';
import { servicesCalls } from './calls/servicesCalls';
import type { PlatformApi } from './PlatformApi';
import { PlatformHttp, type PlatformClientOptions } from './PlatformHttp';

// The calls of each area are assigned by the constructor; that none is missing is checked there.
export interface PlatformClient extends PlatformApi {}

/** {@link PlatformApi} over HTTP, in the browser and between backend plugins. */
export class PlatformClient {
  constructor(options: PlatformClientOptions) {
    const http = new PlatformHttp(options);
    Object.assign(this, {
      ...runsCalls(http),
      ...approvalsCalls(http),
      ...pipelinesCalls(http),
      ...servicesCalls(http),
      ...deliveriesCalls(http),
      ...previewsCalls(http),
      ...repositoriesCalls(http),
      ...mergeRequestsCalls(http),
      ...accessTokensCalls(http),
      ...resourcesCalls(http),
    } satisfies PlatformApi);
  }
}
