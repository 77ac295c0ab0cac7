import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import { changedFields } from '../changedFields';
import { matchOf } from '../matchOf';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import { verifyStep } from './commonSteps';
import { resourceInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

/** Makes what is there what was asked for, as far as the definition lets. */
export function createAcceptDriftRunKind(
  dependencies: KindDependencies,
): RunKind {
  const { acts, environments, planner } = dependencies;
  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.acceptDrift,
    verb: 'Accept the drift of',
    input: resourceInput,
    async prepare(row, _input, patience) {
      requireState(row, 'accepted as it is', ['ready']);
      const what = describeResource(row);
      const { provider, resource } = acts.planned(row);
      const { observation, plan } = await planner.planExisting(
        { provider, resource },
        patience,
      );
      if (plan.action === 'none') {
        throw new ConflictError(
          `${what} has not drifted: it is what was asked for.`,
        );
      }
      const accepted = provider.acceptDrift?.(resource, observation);
      if (!accepted) {
        throw new ConflictError(
          `What is there of ${what} can't be what is asked for. Reconcile it, so that it is what was asked for again.`,
        );
      }
      const definition = environments.match(matchOf(row));
      const desired = planner.desire(
        matchOf(row),
        withoutFixed(accepted, definition.parameters),
      );
      const refused = changedFields(accepted, desired.parameters);
      if (refused.length > 0) {
        throw new ConflictError(
          `${refused.map(({ field }) => field).join(', ')}: ${definition.name} fixes it at something else. Reconcile ${what}, or ask the platform team to change the definition.`,
        );
      }
      return {
        state: 'changing',
        changes: [
          {
            action: 'change',
            what,
            detail: 'what is asked for becomes what is there',
            fields: changedFields(row.parameters, desired.parameters),
          },
        ],
        patch: { asked: desired.asked, parameters: desired.parameters },
      };
    },
    steps: [verifyStep(dependencies)],
  });
}

function withoutFixed(parameters: JsonObject, fixed: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([field]) => !Object.hasOwn(fixed, field),
    ),
  );
}
