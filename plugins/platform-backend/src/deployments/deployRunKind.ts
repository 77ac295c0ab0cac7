import { createRunKind, type RunKind } from '@slipway/plugin-platform-node';
import { deployRunInput } from './DeployInput';
import type { DeployRunDependencies } from './DeployRunDependencies';
import { planDeployment } from './planDeployment';
import { deploymentOf, deploySteps, type DeployVersion } from './steps';

export const DEPLOY_RUN_KIND = 'deploy';

/**
 * A deployment as a run: check what is to run, provide the resources it names, start it beside what serves, check it, move traffic at once or
 * bit by bit, watch how it does, retire the old release. Until traffic moves, the old release serves untouched; until it is retired, it takes
 * over again where the new one does worse. What it starts is an instance of its own, under the
 * deployment's id, so that what serves can be deployed again beside itself, with another configuration. One that does not succeed stops what
 * it started as it ends, so there is nothing to undo; resources that it had made stay, each with its own run, for the next to use.
 */
export function createDeployRunKind(
  dependencies: DeployRunDependencies,
  version: DeployVersion = 3,
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
    async ended({ runId, input, state, failure }) {
      const { deploymentId, service, environment } = input;
      const ref = { service, environment };
      if (state === 'cancelled') {
        await goBack(dependencies, deploymentId, runId);
      }
      const deployment = await store.get(deploymentId);
      if (deployment?.state === 'rolled-back') {
        await runtime.abandon(ref, deploymentId);
        await connections.forget(deploymentOf(input));
      } else if (
        deployment?.state !== 'serving' &&
        deployment?.state !== 'superseded'
      ) {
        const { instanceId, url } = await runtime.observe(ref);
        if (instanceId === deploymentId) {
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

/** Gives back what traffic it had while it was still on its way. */
async function goBack(
  { store, rollouts }: DeployRunDependencies,
  deploymentId: string,
  runId: string,
): Promise<void> {
  const deployment = await store.get(deploymentId);
  if (deployment) {
    await rollouts.cancel(deployment, {
      idempotencyKey: `${runId}:cancel`,
      signal: new AbortController().signal,
      log: () => {},
    });
  }
}
