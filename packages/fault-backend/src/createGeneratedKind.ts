import {
  createRunKind,
  OperationFailedError,
  type RunKind,
  type StepContext,
  type StepDefinition,
  type StepResult,
  waitForApproval,
  waitForEvent,
  waitUntil,
} from '@slipway/plugin-platform-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { KindSpec, StepSpec } from './KindSpec';
import { OWNER } from './people';
import type { World } from './World';

const inputSchema = z.object({
  /** The test's own name of the run; things are named after it. */
  name: z.string(),
  target: z.string(),
  /** Whether the rules want somebody to approve it first. */
  approval: z.boolean().default(false),
});

/** What a generated kind is started with. */
export type GeneratedInput = z.infer<typeof inputSchema>;

const WAIT_LIMIT_MS = 30 * 60_000;

/** A kind whose steps do what the specification says, as a careful author would write them. */
export function createGeneratedKind(spec: KindSpec, world: World): RunKind {
  return createRunKind<GeneratedInput>({
    id: spec.id,
    version: 1,
    input: inputSchema,
    title: ({ name }) => `${spec.id} ${name}`,
    subject: async ({ target }) => ({ target, owner: OWNER }),
    steps: spec.steps.map(step => createStep(step, world)),
  });
}

function createStep(
  spec: StepSpec,
  world: World,
): StepDefinition<GeneratedInput> {
  const nameOf = ({ name }: GeneratedInput) => `${name}/${spec.id}`;
  return {
    id: spec.id,
    title: spec.id,
    dependsOn: spec.dependsOn,
    retry: { attempts: 4, delayMs: 200 },
    remains: spec.makes ? ({ input }) => [nameOf(input)] : undefined,
    execute: context => execute(spec, world, context, nameOf(context.input)),
    undo: spec.undoable
      ? async context => {
          await world.begin({ ...facts(spec, context), phase: 'undo' });
          await pause(spec, context);
          if (spec.undoFails === 'once' && context.attempt === 1) {
            throw new Error('The first attempt to undo fails, as generated.');
          }
          const { runId, input } = context;
          await world.remove({ runId, stepId: spec.id, name: nameOf(input) });
          await pause(spec, context);
        }
      : undefined,
  };
}

async function execute(
  spec: StepSpec,
  world: World,
  context: StepContext<GeneratedInput>,
  name: string,
): Promise<StepResult> {
  const { runId, attempt, idempotencyKey: key } = context;
  const executionId = await world.begin({
    ...facts(spec, context),
    phase: 'do',
  });
  if (spec.waitsFor !== 'nothing' && !context.resumed) {
    return await startWaiting(spec, world, context, name);
  }
  await pause(spec, context);
  const fails =
    spec.fails === 'always' || (spec.fails === 'once' && attempt === 1);
  if (!fails || spec.failsAfterEffect) {
    if (spec.makes) {
      await world.make({ name, runId, stepId: spec.id, key, executionId });
    }
  }
  if (fails) {
    throw spec.fails === 'always'
      ? new OperationFailedError({ message: 'It fails, as generated.' })
      : new Error('The first attempt fails, as generated.');
  }
  await pause(spec, context);
  context.log(`${name} is done by attempt ${attempt}.`);
  // Tells whose result was stored: a fenced attempt's must not be.
  return { executionId, attempt };
}

async function startWaiting(
  spec: StepSpec,
  world: World,
  context: StepContext<GeneratedInput>,
  name: string,
): Promise<StepResult> {
  const reason = `${spec.waitsFor} of ${name}`;
  switch (spec.waitsFor) {
    case 'time':
      return waitUntil(new Date(Date.now() + spec.pauseMs), reason);
    case 'event':
      return waitForEvent({ key: name, reason, timeoutMs: WAIT_LIMIT_MS });
    case 'callback': {
      const { url, wait } = await context.callback({ name: 'done', reason });
      await world.takeCallback(context.runId, spec.id, url);
      return wait;
    }
    default:
      return waitForApproval({ reason, approvers: [{ entityRef: OWNER }] });
  }
}

function facts(spec: StepSpec, context: StepContext<GeneratedInput>) {
  return {
    runId: context.runId,
    stepId: spec.id,
    attempt: context.attempt,
    resumed: context.resumed !== undefined,
  };
}

/** A while that nobody knows beforehand, up to half of the step's, so that a strike may hit anywhere in it. */
async function pause(spec: StepSpec, { signal }: { signal: AbortSignal }) {
  await sleep((Math.random() * spec.pauseMs) / 2, undefined, { signal });
}
