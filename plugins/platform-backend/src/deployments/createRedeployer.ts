import type { Redeployer } from '../resources';
import type { ServiceRemoval } from '../services';
import type { DeploymentService } from './DeploymentService';

/** What resources ask of deployments, about the services that are connected to them. */
export function createRedeployer(options: {
  deployments: Pick<DeploymentService, 'refresh'>;
  removal: Pick<ServiceRemoval, 'takeDown'>;
}): Redeployer {
  const { deployments, removal } = options;
  return {
    async redeploy(there, request) {
      const run = await deployments.refresh({ ...there, ...request });
      return run?.id;
    },
    takeDown: ({ service, environment }, context) =>
      removal.takeDown(service, context, environment),
  };
}
