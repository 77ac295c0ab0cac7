import {
  type PlannedChange,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { nameOf } from '../../access';
import { describeResource } from '../names';
import { usedThere } from '../store/connections';
import { deletedSince, resourceNamed } from '../store/readResource';
import type { PlanOf } from './planOf';
import { requireFitting } from './requireFitting';
import { changeOf } from './ResourceEnsurer';
import { requestOf, type WantedResource } from './WantedResource';

/**
 * What a deployment would do about one resource that it wants; empty where that is there as it is wanted. Never throws: why it can't be had
 * is part of the plan, and fails the deployment once it is made.
 */
export async function planWanted(
  { knex, planOf }: { knex: Knex; planOf: PlanOf },
  wanted: WantedResource,
): Promise<PlannedChange[]> {
  const request = requestOf(wanted);
  const what = describeResource(request);
  try {
    const row = await resourceNamed(knex, request);
    if (!row) {
      const deleted = await deletedSince(knex, request, wanted.releasedAt);
      return deleted
        ? await planOf(RESOURCE_RUN_KINDS.restore, { resourceId: deleted.id })
        : await planOf(RESOURCE_RUN_KINDS.provision, request);
    }
    requireFitting(row, wanted);
    const change = changeOf(row, wanted);
    if (change) {
      return await planOf(RESOURCE_RUN_KINDS.change, change);
    }
    if (wanted.id === undefined) {
      return [];
    }
    const used = await usedThere(knex, wanted);
    return used.includes(row.id)
      ? []
      : [
          {
            action: 'keep',
            what,
            detail:
              row.owner === wanted.owner
                ? `is shared, and used by ${wanted.service} from now on`
                : `belongs to ${nameOf(row.owner)}, who have to agree that ${wanted.service} uses it`,
          },
        ];
  } catch (error) {
    return [
      {
        action: 'keep',
        what,
        detail: `can't be had as score.yaml says: ${(error as Error).message}`,
      },
    ];
  }
}
