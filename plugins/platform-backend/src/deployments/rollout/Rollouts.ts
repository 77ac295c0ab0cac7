import type {
  Deployment,
  Failure,
  RolloutPlan,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import { PLATFORM_ACTOR } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type Runtime,
  type Wait,
  waitUntil,
  type WorkloadRef,
} from '@slipway/plugin-platform-node';
import type { OperationContext } from '@slipway/plugin-platform-node';
import type { DeploymentStore, HoldStore, StoredProgress } from '../store';
import { judge, NO_SIGNALS, since } from './verdict';

/** How far apart looks at a rollout are at most. */
const LOOK_MS = 5_000;
/** As many looks as a short stage gets. */
const LOOKS = 10;

/** A deployment on its way, with what it takes over from. */
export interface Rollout {
  deploymentId: string;
  ref: WorkloadRef;
  /** What served when it was started; missing where nothing did. */
  previousInstance?: string;
  plan: RolloutPlan;
  context: Pick<OperationContext, 'log' | 'signal' | 'idempotencyKey'>;
}

/** Lets releases take over bit by bit, and takes back those that do worse than the one before. */
export class Rollouts {
  readonly #store: DeploymentStore;
  readonly #holds: Pick<HoldStore, 'place'>;
  readonly #runtime: Runtime;

  constructor(options: {
    store: DeploymentStore;
    holds: Pick<HoldStore, 'place'>;
    runtime: Runtime;
  }) {
    this.#store = options.store;
    this.#holds = options.holds;
    this.#runtime = options.runtime;
  }

  /**
   * Gives a canary its next part of the traffic, or answers what to wait for; `undefined` once it has had all its steps. Throws
   * `OperationFailedError` where it does worse: the traffic is back then, and its digest held.
   */
  async shift(rollout: Rollout): Promise<Wait | undefined> {
    const { deploymentId, ref, plan, previousInstance, context } = rollout;
    if (plan.strategy !== 'canary' || !previousInstance) {
      return undefined;
    }
    const progress = await this.#store.progress(deploymentId);
    if (!progress) {
      return this.#give(rollout, 0);
    }
    const verdict = judge(
      since(await this.#signals(ref, deploymentId), progress.now),
      progress.before &&
        since(await this.#signals(ref, previousInstance), progress.before),
    );
    if (verdict.state === 'sour') {
      await this.#runtime.shiftTraffic(
        ref,
        { instanceId: deploymentId, percent: 0 },
        context,
      );
      const deployment = await this.#hold(deploymentId, verdict);
      throw new OperationFailedError(soured(deployment, verdict));
    }
    const wait = waitFor(progress);
    if (wait) {
      return wait;
    }
    context.log(`At ${progress.percent} %: ${verdict.message}`);
    const index = plan.steps.findIndex(
      ({ percent }) => percent > progress.percent,
    );
    if (index >= 0) {
      return this.#give(rollout, index);
    }
    await this.#store.setVerdict(deploymentId, verdict);
    await this.#store.setProgress(deploymentId, undefined);
    return undefined;
  }

  /**
   * Keeps the release before beside the one that serves now, and compares them; answers what to wait for, or `undefined` once it is over. Throws
   * `OperationFailedError` where the new one does worse: the one before serves again then, and the digest is held.
   */
  async bake(rollout: Rollout): Promise<Wait | undefined> {
    const { deploymentId, ref, plan, previousInstance, context } = rollout;
    const deployment = await this.#store.get(deploymentId);
    if (deployment?.state === 'rolled-back' && deployment.failure) {
      throw new OperationFailedError(deployment.failure);
    }
    if (plan.bakeMs === 0 || !previousInstance || !deployment?.previous) {
      return undefined;
    }
    const progress = await this.#store.progress(deploymentId);
    if (progress?.stage !== 'bake') {
      return this.#begin(rollout, { stage: 'bake', percent: 100 }, plan.bakeMs);
    }
    const verdict = judge(
      since(await this.#signals(ref, deploymentId), progress.now),
      progress.before,
    );
    if (verdict.state === 'sour') {
      await this.#hold(deploymentId, verdict);
      const failure = soured(deployment, verdict);
      await this.#goBack(rollout, failure, verdict);
      throw new OperationFailedError(failure);
    }
    const wait = waitFor(progress);
    if (wait) {
      return wait;
    }
    context.log(verdict.message);
    await this.#store.setVerdict(deploymentId, verdict);
    await this.#store.setProgress(deploymentId, undefined);
    return undefined;
  }

  /**
   * Gives the traffic of a deployment that is still on its way back to the release before. A no-op where it has none, or has kept it for as
   * long as it had to.
   */
  async cancel(
    deployment: Deployment,
    context: Rollout['context'],
  ): Promise<void> {
    const { id, service, environment, previous } = deployment;
    const ref = { service, environment };
    const progress = await this.#store.progress(id);
    if (progress?.stage === 'canary') {
      await this.#runtime.shiftTraffic(
        ref,
        { instanceId: id, percent: 0 },
        context,
      );
      await this.#store.setProgress(id, undefined);
    }
    if (progress?.stage === 'bake' && previous) {
      const failure = {
        message: `It was cancelled while it could still be taken back: v${previous.release} serves again.`,
      };
      const { previousInstance } = progress;
      await this.#goBack(
        { deploymentId: id, ref, previousInstance, context },
        failure,
      );
    }
  }

  async #goBack(
    rollout: Pick<
      Rollout,
      'deploymentId' | 'ref' | 'previousInstance' | 'context'
    >,
    failure: Failure,
    verdict?: RolloutVerdict,
  ): Promise<void> {
    const { deploymentId, ref, previousInstance, context } = rollout;
    if (previousInstance) {
      await this.#runtime.switchTraffic(ref, previousInstance, context);
      await this.#store.rollBack(deploymentId, { failure, verdict });
    }
  }

  async #give(rollout: Rollout, index: number): Promise<Wait> {
    const { deploymentId, ref, plan, context } = rollout;
    const { percent, forMs } = plan.steps[index];
    await this.#runtime.shiftTraffic(
      ref,
      { instanceId: deploymentId, percent },
      context,
    );
    context.log(`${percent} % of new requests go to this release.`);
    return this.#begin(rollout, { stage: 'canary', percent }, forMs);
  }

  async #begin(
    { deploymentId, ref, previousInstance }: Rollout,
    stage: Pick<StoredProgress, 'stage' | 'percent'>,
    milliseconds: number,
  ): Promise<Wait> {
    const now = Date.now();
    const progress: StoredProgress = {
      ...stage,
      since: new Date(now).toISOString(),
      until: new Date(now + milliseconds).toISOString(),
      now: await this.#signals(ref, deploymentId),
      ...(previousInstance && {
        previousInstance,
        before: await this.#signals(ref, previousInstance),
      }),
    };
    await this.#store.setProgress(deploymentId, progress);
    return waitFor(progress) ?? waitUntil(new Date(now), reasonOf(progress));
  }

  /** Nothing where it is gone: what has stopped did nothing wrong since. */
  async #signals(ref: WorkloadRef, instanceId: string) {
    return this.#runtime.signals(ref, instanceId).catch((error: Error) => {
      if (error.name === 'NotFoundError') {
        return NO_SIGNALS;
      }
      throw error;
    });
  }

  async #hold(
    deploymentId: string,
    verdict: RolloutVerdict,
  ): Promise<Deployment | undefined> {
    await this.#store.setVerdict(deploymentId, verdict);
    const deployment = await this.#store.get(deploymentId);
    // What was changed is not the release, so that isn't to blame.
    if (deployment && deployment.cause !== 'configuration') {
      const { service, environment, release } = deployment;
      await this.#holds.place({
        service,
        verdict,
        artifactDigest: release.artifactDigest,
        release: release.number,
        reason: `It did worse in ${environment} than the release before: ${verdict.message}`,
        placedBy: PLATFORM_ACTOR,
      });
    }
    return deployment;
  }
}

/** Until the next look; `undefined` where the stage is over. */
function waitFor(progress: StoredProgress): Wait | undefined {
  const from = Date.parse(progress.since);
  const until = Date.parse(progress.until);
  const now = Date.now();
  if (now >= until) {
    return undefined;
  }
  const gap = Math.min(LOOK_MS, (until - from) / LOOKS);
  return waitUntil(new Date(Math.min(until, now + gap)), reasonOf(progress));
}

function reasonOf({ stage, percent }: StoredProgress): string {
  return stage === 'canary'
    ? `how it does with ${percent} % of the traffic`
    : 'how it does with all the traffic';
}

function soured(
  deployment: Deployment | undefined,
  { message }: RolloutVerdict,
): Failure {
  const { release, previous, cause } = deployment ?? {};
  if (cause === 'configuration') {
    return {
      message,
      hint: 'What served before has all the traffic again, with the configuration that it had. Change the configuration back, or mend it.',
    };
  }
  return {
    message,
    hint: `${previous ? `v${previous.release}` : 'The release before'} has all the traffic again${release ? `, and v${release.number} is held: it is deployed nowhere until somebody lifts that` : ''}. Look at its logs, mend it, and push again.`,
  };
}
