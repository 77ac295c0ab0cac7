import {
  isFinalRunState,
  PLATFORM_ACTOR,
  type Run,
} from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  runEndedEvent,
  type StepContext,
  type Wait,
  waitForEvent,
} from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { connectionsTo } from '../store/connections';
import type { ResourceRow } from '../store/rows';
import type { KindDependencies } from './KindDependencies';

/** How long one deployment may take, in milliseconds. */
const DEPLOY_MS = 24 * 60 * 60_000;

/**
 * Deploys every service that is connected to a resource once more, and waits until all of them serve. Throws `OperationFailedError` where one
 * doesn't; when the step is retried, that one is deployed anew.
 *
 * @param stepId - the step in which this is done
 */
export async function redeployConnected(
  dependencies: KindDependencies,
  row: ResourceRow,
  context: StepContext,
  stepId: string,
): Promise<Wait | undefined> {
  const connections = await connectionsTo(dependencies.knex, [row.id]);
  const services = new Set(connections.map(({ service }) => service));
  const since = await beginOf(dependencies, context.runId, stepId);
  const runs: Run[] = [];
  for (const service of services) {
    const run = await deployment(dependencies, row, service, since, context);
    if (run) {
      runs.push(run);
    }
  }
  const failed = runs.find(isLost);
  if (failed) {
    throw new OperationFailedError({
      message: `"${failed.title}" was to bring the new credentials of ${describeResource(row)}, and ${failed.state === 'failed' ? 'failed' : `was ${failed.state}`} (run ${failed.id}). Old and new credentials both work.`,
      hint: 'Mend what stopped it, then retry this run: it deploys once more, and revokes the old credentials.',
    });
  }
  const open = runs.find(({ state }) => !isFinalRunState(state));
  return open
    ? waitForEvent({
        key: runEndedEvent(open.id),
        reason: `the end of "${open.title}"`,
        timeoutMs: DEPLOY_MS,
      })
    : undefined;
}

/** When the step began, or began anew when it was retried; ISO 8601. */
async function beginOf(
  { runs }: KindDependencies,
  runId: string,
  stepId: string,
): Promise<string> {
  const run = await runs.get(runId);
  const step = run.steps.find(({ id }) => id === stepId);
  return step?.startedAt ?? run.createdAt;
}

/** The run that deploys a service for this step; one that was lost before the step began anew is followed by another. */
async function deployment(
  { redeployer, runs }: KindDependencies,
  { environment }: ResourceRow,
  service: string,
  since: string,
  { idempotencyKey, log }: StepContext,
): Promise<Run | undefined> {
  for (let go = 1; ; go += 1) {
    const runId = await redeployer.redeploy(
      { service, environment },
      {
        requestedBy: PLATFORM_ACTOR,
        idempotencyKey: `${idempotencyKey}:${service}:${go}`,
      },
    );
    if (!runId) {
      log(`Nothing of ${service} serves in ${environment}.`);
      return undefined;
    }
    const run = await runs.get(runId);
    if (!isLost(run) || (run.endedAt ?? since) >= since) {
      return run;
    }
  }
}

/** Whether it ended, and didn't do what it was to do. */
function isLost({ state }: Run): boolean {
  return isFinalRunState(state) && state !== 'succeeded';
}
