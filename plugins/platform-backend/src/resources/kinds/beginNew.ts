import {
  OperationFailedError,
  type StepContext,
} from '@slipway/plugin-platform-node';
import { requireAsPlanned } from '../asPlanned';
import { lifetimeFrom } from '../lifetime';
import type { PlannedProvision } from '../planProvision';
import { insertResource } from '../store/insertResource';
import { resourceOfRun } from '../store/runEnds';
import type { ProvisionRequest } from './inputs';
import type { KindDependencies } from './KindDependencies';

/**
 * Stores a new resource, so that its name is taken, once its plan is still what was shown; answers its id. Throws `OperationFailedError`
 * where it isn't.
 *
 * @param options - `adopted`: whether it is there already. `plan`: how it is planned
 */
export async function beginNew(
  { knex, announcer }: Pick<KindDependencies, 'knex' | 'announcer'>,
  context: StepContext<ProvisionRequest>,
  options: { adopted: boolean; plan(): Promise<PlannedProvision> },
): Promise<{ resourceId: string }> {
  const { input, runId } = context;
  const begun = await resourceOfRun(knex, runId);
  if (begun) {
    return { resourceId: begun.id };
  }
  const { id, desired, timeToLiveMs, changes } = await options.plan();
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
    adopted: options.adopted,
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
