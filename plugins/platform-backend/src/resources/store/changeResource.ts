import type { ResourceState } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { statesBefore } from '../transitions';
import type { ResourceRow } from './rows';

/** Which columns a change may set; JSON is written as it is. */
export type ResourcePatch = Partial<
  Omit<
    ResourceRow,
    'id' | 'state' | 'version' | 'announced' | 'changed_at' | 'retention_ms'
  >
> & { retention_ms?: number };

/** Which resource is changed, and as what it must be found. */
export interface ResourceCondition {
  id: string;
  /** The run that must be the newest to have acted on it. */
  runId?: string;
  /** The state it must be in. Left out: any from which it can go into the new one. */
  from?: readonly ResourceState[];
}

const JSON_COLUMNS: ReadonlySet<string> = new Set([
  'asked',
  'parameters',
  'failure',
  'outputs',
  'provider_state',
  'drift',
]);

/**
 * Moves a resource into a state, and sets what goes with it, as one change that is to be announced. `undefined` where it isn't found as the
 * condition says; nothing has changed then.
 */
export async function moveResource(
  knex: Knex,
  condition: ResourceCondition,
  state: ResourceState,
  patch: ResourcePatch = {},
): Promise<ResourceRow | undefined> {
  const from = condition.from ?? statesBefore(state);
  return change(knex, { ...condition, from }, { ...columns(patch), state });
}

/** Changes a resource that stays in its state. */
export async function patchResource(
  knex: Knex,
  condition: ResourceCondition,
  patch: ResourcePatch,
): Promise<ResourceRow | undefined> {
  return change(knex, condition, columns(patch));
}

async function change(
  knex: Knex,
  { id, runId, from }: ResourceCondition,
  set: Record<string, unknown>,
): Promise<ResourceRow | undefined> {
  const query = knex('resources')
    .where({ id })
    .update({
      ...set,
      version: knex.raw('version + 1'),
      changed_at: knex.raw('clock_timestamp()'),
    })
    .returning<ResourceRow[]>('*');
  if (runId) {
    query.where({ run_id: runId });
  }
  if (from) {
    query.whereIn('state', from);
  }
  const [row] = await query;
  return row;
}

function columns(patch: ResourcePatch): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(patch).map(([column, value]) => [
      column,
      JSON_COLUMNS.has(column) && value !== null && value !== undefined
        ? JSON.stringify(value)
        : value,
    ]),
  );
}
