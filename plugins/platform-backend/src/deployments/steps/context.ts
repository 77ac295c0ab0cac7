import {
  OperationFailedError,
  type StepContext,
  type StepDefinition,
  type StepResult,
} from '@slipway/plugin-platform-node';
import type {
  RolloutPlan,
  WorkloadKind,
} from '@slipway/plugin-platform-common';
import type { DeployInput } from '../DeployInput';
import type { DeployRunDependencies } from '../DeployRunDependencies';
import type { Uses } from '../ReleaseResources';
import type { Rollout } from '../rollout';
import type { StoredRelease } from '../store';

/**
 * 1: before there were resources. 2: all traffic at once, and the old release retired at once. 3: with smoke checks, canary and bake. Runs of
 * older versions may be under way.
 */
export type DeployVersion = 1 | 2 | 3;

export type DeployContext = StepContext<DeployInput>;
export type DeployStep = StepDefinition<DeployInput>;

const AT_ONCE: RolloutPlan = { strategy: 'blue-green', steps: [], bakeMs: 0 };

/** The deployment that a run is about. */
export function deploymentOf({
  deploymentId,
  service,
  environment,
}: DeployInput) {
  return { id: deploymentId, service, environment };
}

/** What it uses, once its resources are there. */
export function usesOf(context: DeployContext, version: DeployVersion): Uses {
  return version === 1 ? {} : context.output<{ uses: Uses }>('resources').uses;
}

/** The release that the first step has settled on. */
export function releaseIdOf({ input, output }: DeployContext): string {
  return output<{ releaseId?: string }>('prepare').releaseId ?? input.releaseId;
}

/** What the run started. One that was started by a portal of before instances had ids of their own is known by its release. */
export function instanceOf({ input, output }: DeployContext): string {
  return output<{ instanceId?: string }>('start').instanceId ?? input.releaseId;
}

/** How it takes over from what served when it was started. */
export function rolloutOf(
  context: DeployContext,
  { environments }: Pick<DeployRunDependencies, 'environments'>,
): Rollout {
  const { input, output } = context;
  const { deploymentId, service, environment, cause } = input;
  const { previousInstance, kind = 'service' } = output<{
    previousInstance?: string;
    kind?: WorkloadKind;
  }>('start');
  // Somebody waits for what served before, or for new credentials; the release itself is known to do well.
  const isKnown =
    cause === 'rollback' ||
    cause === 'refresh' ||
    (cause === undefined && input.refresh);
  return {
    deploymentId,
    ref: { service, environment },
    previousInstance,
    // What takes no requests has no traffic to shift, and none to compare.
    plan:
      isKnown || kind !== 'service'
        ? AT_ONCE
        : (environments.get(environment)?.rollout ?? AT_ONCE),
    context,
  };
}

/** Where nothing serves that could be given anything, there is nothing to do. */
export function unlessIdle(step: DeployStep): DeployStep {
  return {
    ...step,
    async execute(context): Promise<StepResult> {
      const { idle } = context.output<{ idle?: boolean }>('prepare');
      return idle ? undefined : step.execute(context);
    },
  };
}

/** Throws `OperationFailedError` where it is gone. */
export async function requireRelease(
  { releases }: Pick<DeployRunDependencies, 'releases'>,
  releaseId: string,
): Promise<StoredRelease> {
  const release = await releases.get(releaseId);
  if (!release) {
    throw new OperationFailedError({ message: 'The release is gone.' });
  }
  return release;
}
