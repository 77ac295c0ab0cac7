import type { OperationContext, Wait } from '@slipway/plugin-platform-node';

/** A service in an environment. */
export interface ServiceThere {
  service: string;
  environment: string;
}

/** What resources ask of deployments, about the services that are connected to them. */
export interface Redeployer {
  /**
   * Starts to deploy the release that serves once more, so that it is given the resource's outputs as they are now. Answers the run; the
   * same one under the same key. `undefined` where nothing serves.
   */
  redeploy(
    there: ServiceThere,
    options: { requestedBy: string; idempotencyKey: string },
  ): Promise<string | undefined>;
  /** Takes the service out of the environment. Answers what to wait for while that isn't done; idempotent. */
  takeDown(
    there: ServiceThere,
    context: OperationContext,
  ): Promise<Wait | undefined>;
}
