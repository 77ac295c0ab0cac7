import { ConflictError, InputError } from '@backstage/errors';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { nameOf } from '../access';
import type { Patience } from './askProvider';
import type { ProvisionRequest } from './kinds/inputs';
import { inWords, timeToLive } from './lifetime';
import { matchOf } from './matchOf';
import { describeResource, explainResourceName } from './names';
import { plannedChange } from './plannedChange';
import { resourceId } from './resourceId';
import type { DesiredResource, ResourcePlanner } from './ResourcePlanner';
import { countNamed, resourceNamed } from './store/readResource';

/** A resource that is thought through and not stored. */
export interface PlannedProvision {
  id: string;
  desired: DesiredResource;
  /** In milliseconds; missing: for ever. */
  timeToLiveMs?: number;
  changes: PlannedChange[];
}

/** Throws `InputError` where the name can't be one, and `ConflictError` where it is taken. */
export async function requireFreeName(
  knex: Knex,
  request: { name: string; environment: string; service?: string },
): Promise<void> {
  const problem = explainResourceName(request);
  if (problem) {
    throw new InputError(`name: ${problem}`);
  }
  const holder = await resourceNamed(knex, request);
  if (holder) {
    throw new ConflictError(
      `name: "${request.name}" is taken in ${request.environment} by a ${holder.type} of ${nameOf(holder.owner)}. Choose another name.`,
    );
  }
}

/** Says what it would take to make a resource. Throws what {@link requireFreeName} and the planner throw. */
export async function planProvision(
  { knex, planner }: { knex: Knex; planner: ResourcePlanner },
  request: ProvisionRequest,
  patience: Patience,
): Promise<PlannedProvision> {
  const { name, environment, owner, service } = request;
  const desired = planner.desire(matchOf(request), request.parameters);
  await requireFreeName(knex, request);
  const timeToLiveMs = timeToLive(desired.definition, request);
  const id = resourceId(request, await countNamed(knex, request));
  const plan = await planner.planNew(
    {
      provider: desired.provider,
      resource: {
        id,
        name,
        environment,
        owner,
        service,
        parameters: desired.parameters,
        outputs: {},
        state: {},
      },
    },
    patience,
  );
  const change = plannedChange(describeResource(request), plan);
  const lives =
    timeToLiveMs === undefined
      ? {}
      : { detail: `for ${inWords(timeToLiveMs)}` };
  return { id, desired, timeToLiveMs, changes: [{ ...change, ...lives }] };
}
