import { NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  type RunKind,
  type StepContext,
  type StepDefinition,
} from '@slipway/plugin-platform-node';
import type { ZodType } from 'zod';
import { requireAsPlanned } from '../asPlanned';
import type { Patience } from '../askProvider';
import { describeResource, resourceTarget } from '../names';
import { refuse } from '../refuse';
import type { Guard } from '../ResourceActs';
import type { ResourcePatch } from '../store/changeResource';
import { readResource } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { failResourceOf } from '../store/runEnds';
import { ACTING_STATES, type ActingState } from '../transitions';
import { actingStep, CHECK } from './commonSteps';
import { endedWith } from './endedWith';
import type { KindDependencies } from './KindDependencies';

/** The input of a kind that acts on a resource that exists. */
export interface OnResource extends JsonObject {
  resourceId: string;
}

/** What a run would do with a resource. */
export interface PreparedChange {
  changes: PlannedChange[];
  /** The state that the resource is in while the run acts on it. Left out: the one it is in. */
  state?: ActingState;
  /** What is stored of it when the run begins. */
  patch?: ResourcePatch;
  guard?: Guard;
}

/** What makes a kind that acts on a resource that exists. */
export interface ExistingKind<TInput extends OnResource> {
  id: string;
  /** What it does, as the title begins: `Destroy`. */
  verb: string;
  input: ZodType<TInput>;
  /**
   * Works out what would be done; changes nothing. Throws `ConflictError` where the resource isn't in a state for it, and `InputError` where
   * what is asked for can't be.
   */
  prepare(
    row: ResourceRow,
    input: TInput,
    patience: Patience,
  ): Promise<PreparedChange>;
  /** Looked at once more before the run begins, beside the plan. Throws where it must not. */
  requireStill?(row: ResourceRow, context: StepContext<TInput>): void;
  /** What follows on the check of the plan. */
  steps: StepDefinition<TInput>[];
}

/** A kind that acts on a resource that exists: the plan is checked once more, then the resource is the run's until it ends. */
export function onExisting<TInput extends OnResource>(
  dependencies: KindDependencies,
  kind: ExistingKind<TInput>,
): RunKind {
  const { knex, acts, patienceMs } = dependencies;

  async function check(context: StepContext<TInput>) {
    const { input, runId, signal } = context;
    const row = await readSettled(dependencies, input.resourceId);
    if (row.run_id === runId && ACTING_STATES.includes(row.state)) {
      return { resourceId: row.id };
    }
    kind.requireStill?.(row, context);
    const prepared = await kind.prepare(row, input, { signal });
    requireAsPlanned(context.planned, prepared.changes);
    if (prepared.state) {
      await acts.begin(row, runId, prepared.state, prepared);
    }
    return { resourceId: row.id };
  }

  return createRunKind<TInput>({
    id: kind.id,
    version: 1,
    input: kind.input,
    title: ({ resourceId }) => `${kind.verb} ${resourceId}`,
    subject: async ({ resourceId }) => {
      const row = await requireResource(knex, resourceId);
      return {
        title: `${kind.verb} ${describeResource(row)}`,
        target: resourceTarget(row),
        owner: row.owner,
        service: row.service ?? undefined,
        environment: row.environment,
      };
    },
    plan: async input => {
      const row = await readSettled(dependencies, input.resourceId);
      return (await kind.prepare(row, input, { patienceMs })).changes;
    },
    steps: [
      actingStep({
        id: CHECK,
        title: 'Check the plan',
        execute: context => check(context).catch(refuse),
      }),
      ...kind.steps,
    ],
    ended: run => endedWith(dependencies, run),
  });
}

/** The resource as it is; where its run has ended badly and that hasn't been told yet, it is told now. */
async function readSettled(
  { knex, announcer }: KindDependencies,
  id: string,
): Promise<ResourceRow> {
  const row = await requireResource(knex, id);
  if (!ACTING_STATES.includes(row.state)) {
    return row;
  }
  const failed = await failResourceOf(knex, row.run_id);
  if (failed) {
    announcer.changed(failed);
  }
  // Where it isn't told here, it may have been told elsewhere since it was read.
  return failed ?? requireResource(knex, id);
}

async function requireResource(
  knex: KindDependencies['knex'],
  id: string,
): Promise<ResourceRow> {
  const row = await readResource(knex, id);
  if (!row) {
    throw new NotFoundError(`resourceId: there is no resource ${id}.`);
  }
  return row;
}
