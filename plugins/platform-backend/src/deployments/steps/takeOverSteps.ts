import type { JsonObject } from '@backstage/types';
import {
  OperationFailedError,
  parseDelivery,
} from '@slipway/plugin-platform-node';
import type { UnusedResource } from '../../resources';
import type { DeployRunDependencies } from '../DeployRunDependencies';
import { runSmokeChecks } from '../rollout';
import {
  type DeployContext,
  type DeployStep,
  type DeployVersion,
  instanceOf,
  releaseIdOf,
  requireRelease,
  rolloutOf,
  usesOf,
} from './context';
import { startAgain, startRelease } from './startRelease';

/** What `switch` leaves for the last step. */
export type UnusedOutput = UnusedResource & JsonObject;

/** From the start beside what serves, to the end of what served. */
export function takeOverSteps(
  dependencies: DeployRunDependencies,
  version: DeployVersion,
): DeployStep[] {
  const { store, runtime, rollouts, connections } = dependencies;
  const refOf = ({ input: { service, environment } }: DeployContext) => ({
    service,
    environment,
  });

  return [
    {
      id: 'start',
      title: 'Start beside',
      async execute(context) {
        const { instanceId: previousInstance } = await runtime.observe(
          refOf(context),
        );
        const { work } = await startRelease(dependencies, context, version);
        return {
          instanceId: context.input.deploymentId,
          ...(work && { kind: work.kind }),
          ...(previousInstance && { previousInstance }),
        };
      },
    },
    {
      id: 'smoke',
      title: 'Smoke checks',
      async execute(context) {
        const { delivery } = await requireRelease(
          dependencies,
          releaseIdOf(context),
        );
        const checks = parseDelivery(delivery);
        if (checks.length === 0) {
          return;
        }
        await startAgain(dependencies, context, version);
        const instance = {
          ref: refOf(context),
          instanceId: instanceOf(context),
        };
        await runSmokeChecks(runtime, instance, checks, context);
      },
    },
    {
      id: 'shift',
      title: 'Shift traffic step by step',
      async execute(context) {
        await startAgain(dependencies, context, version);
        return rollouts.shift(rolloutOf(context, dependencies));
      },
    },
    {
      id: 'switch',
      title: 'Switch traffic',
      async execute(context) {
        await startAgain(dependencies, context, version);
        const { url } = await runtime.switchTraffic(
          refOf(context),
          instanceOf(context),
          context,
        );
        await store.serve(context.input.deploymentId, url);
        context.log(
          url
            ? `New requests go to this release: ${url}`
            : 'This release has taken over.',
        );
        await verifyDigest(dependencies, context);
        const unused =
          context.input.refresh || version === 1
            ? []
            : await connections.unused.find(
                refOf(context),
                Object.values(usesOf(context, version)),
              );
        return {
          ...(url && { url }),
          unused: unused.map(each => ({ ...each })),
        };
      },
    },
    {
      id: 'bake',
      title: 'Watch how it does',
      execute: async context => rollouts.bake(rolloutOf(context, dependencies)),
    },
    {
      id: 'retire',
      title: 'Retire the old release',
      async execute(context) {
        await runtime.retire(refOf(context), instanceOf(context), context);
      },
    },
  ];
}

/** What answers is what was asked for, where the runtime can tell. */
async function verifyDigest(
  dependencies: DeployRunDependencies,
  context: DeployContext,
): Promise<void> {
  const { service, environment } = context.input;
  const release = await requireRelease(dependencies, releaseIdOf(context));
  const { digest } = await dependencies.runtime.observe({
    service,
    environment,
  });
  if (digest === undefined) {
    return;
  }
  if (digest !== release.artifactDigest) {
    throw new OperationFailedError({
      message: `What answers has the digest ${digest}, and ${release.artifactDigest} was asked for.`,
      hint: 'Retry: the traffic is moved again. If it stays so, ask the platform team to look at the runtime.',
    });
  }
  context.log(`What answers has the digest ${digest}.`);
}
