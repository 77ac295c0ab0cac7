import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { parse } from '../http';
import { askProvider, type Patience } from './askProvider';
import type { ProvisionRequest } from './kinds/inputs';
import { timeToLive } from './lifetime';
import { matchOf } from './matchOf';
import { describeResource } from './names';
import { type PlannedProvision, requireFreeName } from './planProvision';
import { resourceId } from './resourceId';
import type { ResourcePlanner } from './ResourcePlanner';
import { countNamed } from './store/readResource';

/**
 * Says what would be taken under the platform's care, as it is. Throws `ConflictError` where the provider can't, and `InputError` where there
 * is no such thing.
 */
export async function planAdoption(
  { knex, planner }: { knex: Knex; planner: ResourcePlanner },
  request: ProvisionRequest & { existing: JsonObject },
  patience: Patience,
): Promise<PlannedProvision> {
  if (Object.keys(request.parameters).length > 0) {
    throw new InputError(
      'parameters: what is adopted stays as it is. Leave them out, and change it afterwards.',
    );
  }
  const { definition, provider } = planner.match(matchOf(request));
  const { adoption } = provider;
  if (!adoption) {
    throw new ConflictError(
      `The provider ${provider.name} can't take over what exists already.`,
    );
  }
  await requireFreeName(knex, request);
  const existing = parse(adoption.existing, request.existing);
  const found = await askProvider(provider, 'find it', patience, signal =>
    adoption.find(existing, { signal }),
  );
  const parameters = parse(provider.parameters, found.parameters);
  const asked = Object.fromEntries(
    Object.entries(parameters).filter(
      ([field]) => !Object.hasOwn(definition.parameters, field),
    ),
  );
  return {
    id: resourceId(request, await countNamed(knex, request)),
    desired: { definition, provider, asked, parameters },
    timeToLiveMs: timeToLive(definition, request),
    changes: [
      {
        action: 'keep',
        what: describeResource(request),
        detail: `is ${found.what} from now on, as it is; only its credentials are new`,
      },
    ],
  };
}
