import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { z } from 'zod';
import type { Patience } from '../askProvider';
import { lifetimeFrom } from '../lifetime';
import { matchOf } from '../matchOf';
import { describeResource } from '../names';
import { plannedChange } from '../plannedChange';
import { requireState } from '../requireState';
import type { ResourceRow } from '../store/rows';
import { applyStep, verifyStep } from './commonSteps';
import { changeInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting, type PreparedChange } from './onExisting';

/** Resizes a resource, gives it other parameters, or brings it to what its definition says by now. */
export function createChangeRunKind(dependencies: KindDependencies): RunKind {
  const { acts, environments, planner } = dependencies;

  async function prepare(
    row: ResourceRow,
    input: z.infer<typeof changeInput>,
    patience: Patience,
  ): Promise<PreparedChange> {
    requireState(row, 'changed', ['ready', 'failed']);
    const match = matchOf({ ...row, class: input.class ?? row.class });
    const definition = environments.match(match);
    requireSameProvider(row, definition.provider);
    const desired = planner.desire(
      match,
      askedNow(row.asked, input.parameters, definition.parameters),
    );
    const { provider, resource } = acts.planned(row);
    const { plan } = await planner.planExisting(
      { provider, resource: { ...resource, parameters: desired.parameters } },
      patience,
    );
    const change = plannedChange(describeResource(row), plan);
    const isOther = match.class !== row.class;
    return {
      state: 'changing',
      changes: [
        isOther
          ? {
              ...change,
              action: change.action === 'keep' ? 'change' : change.action,
              fields: [
                { field: 'class', from: row.class, to: match.class },
                ...(change.fields ?? []),
              ],
            }
          : change,
      ],
      patch: {
        class: match.class,
        definition: definition.name,
        asked: desired.asked,
        parameters: desired.parameters,
        retention_ms: definition.retentionMs,
        ...(row.expires_at ? {} : newLife(definition.timeToLive?.defaultMs)),
      },
    };
  }

  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.change,
    verb: 'Change',
    input: changeInput,
    prepare,
    steps: [
      applyStep(dependencies, { title: 'Change it', what: 'change' }),
      verifyStep(dependencies),
    ],
  });
}

/**
 * What is asked for by now. `null` takes back what was asked for, so that the definition decides; so does a definition that fixes what
 * earlier could be chosen.
 */
function askedNow(
  before: JsonObject,
  changed: JsonObject = {},
  fixed: JsonObject,
): JsonObject {
  const kept = Object.entries(before).filter(
    ([field]) => !Object.hasOwn(fixed, field),
  );
  const all = { ...Object.fromEntries(kept), ...changed };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== null),
  );
}

function requireSameProvider(row: ResourceRow, provider: string): void {
  if (provider !== row.provider) {
    throw new InputError(
      `class: that is made by the provider ${provider}, and ${describeResource(row)} was made by ${row.provider}, so it can't become that. Make a new one, move what is in this one, and destroy it.`,
    );
  }
}

/** What lived for ever lives as long as its new definition says, from now on. */
function newLife(milliseconds: number | undefined) {
  const { expiresAt, warnAt } = lifetimeFrom(new Date(), milliseconds);
  return { expires_at: expiresAt ?? null, warn_at: warnAt ?? null };
}
