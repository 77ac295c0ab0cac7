import {
  createRunKind,
  OperationFailedError,
  type RunKind,
  type StepContext,
} from '@slipway/plugin-platform-node';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { requireAsPlanned } from '../asPlanned';
import { asFinal } from '../final';
import { lifetimeFrom } from '../lifetime';
import { describeResource, resourceEntityRef, resourceTarget } from '../names';
import { planProvision } from '../planProvision';
import { RETRY, STEP_MS } from '../ResourceActs';
import { insertResource } from '../store/insertResource';
import { resourceOfRun } from '../store/runEnds';
import { provisionInput, type ProvisionRequest } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { endedWith } from './endedWith';
import { destroyMade, forgetMade } from './undoProvision';

/** Makes a resource that isn't there yet. Undoing it destroys what it made. */
export function createProvisionRunKind(
  dependencies: KindDependencies,
): RunKind {
  const { knex, acts, announcer } = dependencies;

  /** Stores the resource, so that its name is taken, once its plan is still what was shown. */
  async function check(
    context: StepContext<ProvisionRequest>,
  ): Promise<{ resourceId: string }> {
    const { input, runId, signal } = context;
    const begun = await resourceOfRun(knex, runId);
    if (begun) {
      return { resourceId: begun.id };
    }
    const { id, desired, timeToLiveMs, changes } = await planProvision(
      dependencies,
      input,
      { signal },
    );
    requireAsPlanned(context.planned, changes);
    const row = await insertResource(knex, {
      id,
      name: input.name,
      environment: input.environment,
      type: input.type,
      class: input.class,
      owner: input.owner,
      service: input.service,
      provider: desired.provider.name,
      definition: desired.definition.name,
      asked: desired.asked,
      parameters: desired.parameters,
      retentionMs: desired.definition.retentionMs,
      ...lifetimeFrom(new Date(), timeToLiveMs),
      runId,
      createdBy: context.requestedBy,
    });
    if (!row) {
      throw new OperationFailedError({
        message: `The name "${input.name}" was taken in ${input.environment} a moment ago.`,
        hint: 'Choose another name, or use the resource that has it.',
      });
    }
    announcer.changed(row);
    return { resourceId: id };
  }

  return createRunKind<ProvisionRequest>({
    id: RESOURCE_RUN_KINDS.provision,
    version: 1,
    input: provisionInput,
    title: input => `Create ${describeResource(input)}`,
    subject: async input => ({
      target: resourceTarget(input),
      owner: input.owner,
      service: input.service,
      environment: input.environment,
    }),
    plan: async input => {
      const { changes } = await planProvision(dependencies, input, {
        patienceMs: dependencies.patienceMs,
      });
      return changes;
    },
    steps: [
      {
        id: 'check',
        title: 'Check the plan',
        retry: RETRY,
        execute: context =>
          check(context).catch(error => Promise.reject(asFinal(error))),
        undo: context => forgetMade(dependencies, context),
      },
      {
        id: 'apply',
        title: 'Create it',
        retry: RETRY,
        timeoutMs: STEP_MS,
        remains: ({ input }) => [describeResource(input)],
        async execute(context) {
          const { resourceId } = context.output<{ resourceId: string }>(
            'check',
          );
          const row = await acts.acting(context.runId, resourceId);
          const applied = await acts.act(
            context,
            row,
            { what: 'create' },
            (provider, resource, providerContext) =>
              provider.apply(resource, providerContext),
          );
          await acts.keep(context, row, applied, { rotated_at: new Date() });
          return { resourceId };
        },
        undo: context => destroyMade(dependencies, context),
      },
      {
        id: 'verify',
        title: 'Verify it',
        retry: RETRY,
        timeoutMs: STEP_MS,
        async execute(context) {
          const { resourceId } = context.output<{ resourceId: string }>(
            'check',
          );
          const row = await acts.acting(context.runId, resourceId);
          await acts.verify(context, row);
          return {
            resourceId,
            name: row.name,
            entityRef: resourceEntityRef(row),
          };
        },
      },
    ],
    ended: run => endedWith(dependencies, run),
  });
}
