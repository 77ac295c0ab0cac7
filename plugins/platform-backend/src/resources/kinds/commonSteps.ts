import type { JsonObject } from '@backstage/types';
import type { ResourceState } from '@slipway/plugin-platform-common';
import type {
  StepContext,
  StepDefinition,
} from '@slipway/plugin-platform-node';
import { resourceEntityRef } from '../names';
import { RETRY, STEP_MS } from '../retry';
import type { ResourceRow } from '../store/rows';
import type { KindDependencies } from './KindDependencies';

/** The id of the step that every kind begins with; its output names the resource. */
export const CHECK = 'check';

/** The resource that the run of this step is acting on. */
export function actedOn(
  { acts }: Pick<KindDependencies, 'acts'>,
  context: StepContext,
): Promise<ResourceRow> {
  const { resourceId } = context.output<{ resourceId: string }>(CHECK);
  return acts.acting(context.runId, resourceId);
}

/** A step in which the provider acts; its time is the provider's, and what passes by itself is waited for. */
export function actingStep<TInput extends JsonObject>(
  step: StepDefinition<TInput>,
): StepDefinition<TInput> {
  return { retry: RETRY, timeoutMs: STEP_MS, ...step };
}

/** Applies what the resource shall be, whatever is there. */
export function applyStep<TInput extends JsonObject>(
  dependencies: Pick<KindDependencies, 'acts'>,
  options: Pick<StepDefinition<TInput>, 'title' | 'remains' | 'undo'> & {
    /** What the provider does, as people say it: `create`. */
    what: string;
  },
): StepDefinition<TInput> {
  const { what, ...step } = options;
  const { acts } = dependencies;
  return actingStep({
    ...step,
    id: 'apply',
    async execute(context) {
      const row = await actedOn(dependencies, context);
      await acts.actAndKeep(
        context,
        row,
        { what },
        (provider, resource, given) => provider.apply(resource, given),
        { rotated_at: row.rotated_at ?? new Date() },
      );
    },
  });
}

/** The step with which a run lets go of its resource. An attempt that did so, and died before it could say so, is not done over. */
export function lastStep<TInput extends JsonObject>(
  { acts }: Pick<KindDependencies, 'acts'>,
  options: Pick<StepDefinition<TInput>, 'id' | 'title'> & {
    /** The states in which the resource is left. */
    leaves: readonly ResourceState[];
    finish(
      row: ResourceRow,
      context: StepContext<TInput>,
    ): Promise<ResourceRow>;
    /** What else the run answers, beside the resource's id. */
    output?(row: ResourceRow): JsonObject;
  },
): StepDefinition<TInput> {
  const { leaves, finish, output, ...step } = options;
  return actingStep({
    ...step,
    async execute(context) {
      const { resourceId } = context.output<{ resourceId: string }>(CHECK);
      const row = await acts.acting(context.runId, resourceId, leaves);
      const left = leaves.includes(row.state)
        ? row
        : await finish(row, context);
      return { resourceId: left.id, ...output?.(left) };
    },
  });
}

/** Makes sure that the resource is what was asked for; then it is ready. */
export function verifyStep<TInput extends JsonObject>(
  dependencies: Pick<KindDependencies, 'acts'>,
): StepDefinition<TInput> {
  return lastStep(dependencies, {
    id: 'verify',
    title: 'Verify it',
    leaves: ['ready'],
    finish: (row, context) => dependencies.acts.verify(context, row),
    output: row => ({ name: row.name, entityRef: resourceEntityRef(row) }),
  });
}
