import { createRunKind, type RunKind } from '@slipway/plugin-platform-node';
import { deployRunInput } from './DeployInput';
import type { DeployRunDependencies } from './DeployRunDependencies';
import { deploymentOf, deploySteps } from './deploySteps';
import { planDeployment } from './planDeployment';

export const DEPLOY_RUN_KIND = 'deploy';

/**
 * A deployment as a run: check what is to run, provide the resources it names, start it beside what serves, move traffic when it is ready,
 * retire the old release. Until traffic moves, the old release serves untouched. What it starts is an instance of its own, under the
 * deployment's id, so that what serves can be deployed again beside itself, with another configuration. One that does not succeed stops what
 * it started as it ends, so there is nothing to undo; resources that it had made stay, each with its own run, for the next to use.
 */
export function createDeployRunKind(
  dependencies: DeployRunDependencies,
  version: 1 | 2 = 2,
): RunKind {
  const { store, runtime, connections } = dependencies;

  return createRunKind({
    id: DEPLOY_RUN_KIND,
    version,
    input: deployRunInput,
    title: ({ service, environment, label, refresh }) =>
      refresh
        ? `Start ${service} in ${environment} anew`
        : `Deploy ${service} ${label} to ${environment}`,
    plan: input => planDeployment(dependencies, input),
    steps: deploySteps(dependencies, version),
    async ended({ input, state, failure }) {
      const { deploymentId, service, environment } = input;
      const ref = { service, environment };
      const deployment = await store.get(deploymentId);
      if (
        deployment?.state !== 'serving' &&
        deployment?.state !== 'superseded'
      ) {
        const { instanceId, url } = await runtime.observe(ref);
        if (instanceId === deploymentId && url) {
          // Traffic was moved before the step could say so.
          await store.serve(deploymentId, url);
        } else {
          await runtime.abandon(ref, deploymentId);
          await store.setState(
            deploymentId,
            state === 'failed' ? 'failed' : 'cancelled',
            failure,
          );
          await connections.forget(deploymentOf(input));
        }
      }
      const ended = await store.get(deploymentId);
      if (ended) {
        await dependencies.notify(ended);
      }
    },
  });
}
