import { z } from 'zod';
import { parse } from '../http';
import type { RunStarter } from '../runs';
import type { DeploymentService } from './DeploymentService';

const deployInput = z.strictObject({
  service: z.string(),
  environment: z.string(),
  releaseId: z.string(),
  reason: z.string().trim().min(1).max(500).optional(),
});

/** Starts deploy runs, each with its deployment. */
export function createDeployStarter(
  deployments: Pick<DeploymentService, 'deploy' | 'plan'>,
): RunStarter {
  return {
    start: ({ input, ...request }, { userRef }, idempotencyKey) =>
      deployments.deploy({
        ...request,
        ...parse(deployInput, input),
        requestedBy: userRef,
        idempotencyKey,
      }),
    plan: ({ input, goldenPath }, { userRef }) =>
      deployments.plan({
        ...parse(deployInput, input),
        requestedBy: userRef,
        goldenPath,
      }),
  };
}
