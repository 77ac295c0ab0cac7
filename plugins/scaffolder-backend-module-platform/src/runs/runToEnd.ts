import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { Run, StartOptions } from '@slipway/plugin-platform-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformAccess } from '../PlatformAccess';
import { explainResponse, isRefusal } from '../responses';
import { explainEnd, progressOf } from './describeRun';
import { followRun } from './followRun';
import type { RunWatch } from './RunWatch';

/** How long a platform that doesn't answer is asked again to start a run. */
const START_PATIENCE_MS = 2 * 60_000;
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;
/** How long a cancelled task waits for its run to stop. */
const CANCEL_PATIENCE_MS = 10_000;

/** The parts of an action's context that a run needs; every action context fits. */
export type RunningAction = Pick<
  ActionContext<never>,
  'checkpoint' | 'logger' | 'signal' | 'step' | 'task'
>;

/** A run that a step of a task is about. */
export interface TaskRun {
  /** Tells the runs of one step apart, where it has several by `each`; the same whenever the step is tried again. */
  name: string;
  /** Gets together what is sent, once; what it answers sends it, as often as it takes. */
  prepare(): Promise<(options: StartOptions) => Promise<Run>>;
}

/**
 * Starts a run for a step of a task, once, and waits until it has succeeded. Tried again after a crash, it waits for the same run;
 * tried again by a person after the run failed, it retries that run from where it failed. Cancelling the task cancels the run.
 *
 * Throws why the run did not succeed, what it left behind, and where that can be undone.
 */
export async function runToEnd(
  context: RunningAction,
  access: PlatformAccess,
  watch: RunWatch,
  taskRun: TaskRun,
): Promise<Run> {
  const { logger, signal } = context;
  const key = keyOf(context, taskRun.name);
  const { runId } = await context.checkpoint({
    key: `run.${taskRun.name}`,
    fn: async () => {
      const start = await taskRun.prepare();
      const started = await answered(async () => {
        // Without the task's signal: a start that was cut off would leave a run that nobody knows to cancel.
        const { token } = await access.requestOptions();
        return start({ token, idempotencyKey: key });
      }, signal);
      return { runId: started.id };
    },
  });
  const url = access.runUrl(runId);
  logger.info(`Following ${url}`);
  const told = new Set<string>();
  const tell = (run: Run) =>
    progressOf(run, told).forEach(line => logger.info(line));

  try {
    const attempt = randomUUID();
    let run = await followRun(access, watch, runId, tell);
    if (canGoOn(run) && (await wasTold(context, run, attempt))) {
      logger.info(`Retrying ${run.title} from where it stopped`);
      told.clear();
      await access.platform.retryRun(runId, await access.requestOptions());
      run = await followRun(access, watch, runId, tell);
      await wasTold(context, run, attempt);
    }
    if (run.state !== 'succeeded') {
      throw new Error(explainEnd(run, url));
    }
    return run;
  } catch (error) {
    if (signal?.aborted) {
      await cancel(context, access, watch, runId);
    }
    throw explainResponse(error);
  }
}

/**
 * Whether a person was told of this end of the run by an earlier attempt of the step, and so wants it retried. An attempt that
 * comes after a crash finds that nobody was told.
 */
async function wasTold(
  context: RunningAction,
  run: Run,
  attempt: string,
): Promise<boolean> {
  if (!canGoOn(run)) {
    return false;
  }
  const told = await context.checkpoint({
    key: `told.${run.id}.${run.endedAt}`,
    fn: async () => ({ attempt }),
  });
  return told.attempt !== attempt;
}

function canGoOn(run: Run): boolean {
  return (
    (run.state === 'failed' || run.state === 'cancelled') &&
    run.givenUp === undefined
  );
}

async function cancel(
  context: RunningAction,
  access: PlatformAccess,
  watch: RunWatch,
  runId: string,
): Promise<void> {
  try {
    // Without the task's own signal, which is what says that it is cancelled.
    const { token } = await access.requestOptions();
    await access.platform.cancelRun(runId, { token });
    const patience = AbortSignal.timeout(CANCEL_PATIENCE_MS);
    const run = await followRun(access, watch, runId, () => {}, patience);
    await wasTold(context, run, randomUUID());
    context.logger.info(explainEnd(run, access.runUrl(runId)));
  } catch (error) {
    context.logger.warn(
      `The run goes on, as it could not be cancelled: ${explainResponse(error)}. See ${access.runUrl(runId)}`,
    );
  }
}

/** Asks again while nobody answers. What is asked has to be the same however often it is asked. */
async function answered<T>(
  ask: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const deadline = Date.now() + START_PATIENCE_MS;
  let delayMs = FIRST_DELAY_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (isRefusal(error) || Date.now() > deadline || signal?.aborted) {
        throw explainResponse(error);
      }
    }
    await delay(delayMs, undefined, { signal });
    delayMs = Math.min(2 * delayMs, MAX_DELAY_MS);
  }
}

function keyOf({ task, step }: RunningAction, name: string): string {
  return [task.id, step?.id ?? '', name].map(encodeURIComponent).join(':');
}
