import {
  OperationFailedError,
  type UndoContext,
} from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { moveResource } from '../store/changeResource';
import { readResource } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { resourceOfRun } from '../store/runEnds';
import type { KindDependencies } from './KindDependencies';

const UNFINISHED = ['provisioning', 'failed', 'destroying'] as const;

/** Destroys what the run made, or may have made half. */
export async function destroyMade(
  dependencies: KindDependencies,
  context: UndoContext,
): Promise<void> {
  const row = await made(dependencies, context);
  if (!row) {
    return;
  }
  const { acts, announcer, knex } = dependencies;
  if (row.state === 'failed') {
    const destroying = await moveResource(knex, row, 'destroying');
    if (destroying) {
      announcer.changed(destroying);
    }
  }
  await acts.act(
    context,
    row,
    { what: 'destroy', unreadable: 'do without' },
    (provider, resource, providerContext) =>
      provider.destroy(resource, providerContext),
  );
  context.log(`${describeResource(row)} is gone.`);
}

/** Gives the name of a resource back that isn't there any more. */
export async function forgetMade(
  dependencies: KindDependencies,
  context: UndoContext,
): Promise<void> {
  const { announcer, knex } = dependencies;
  const row = await made(dependencies, context);
  const gone =
    row &&
    (await moveResource(
      knex,
      { id: row.id, runId: context.runId, from: UNFINISHED },
      'destroyed',
      { failure: null, failed_in: null, secrets: null, secrets_key: null },
    ));
  if (gone) {
    announcer.changed(gone);
  }
}

/** What is still this run's to take back. Throws `OperationFailedError` where another run has acted on it since. */
async function made(
  { knex }: KindDependencies,
  context: UndoContext,
): Promise<ResourceRow | undefined> {
  const own = await resourceOfRun(knex, context.runId);
  if (own) {
    return own.state === 'destroyed' ? undefined : own;
  }
  const { resourceId } = context.done ?? {};
  const row =
    typeof resourceId === 'string'
      ? await readResource(knex, resourceId)
      : undefined;
  if (row && row.state !== 'destroyed') {
    throw new OperationFailedError({
      message: `Another run (${row.run_id}) has acted on ${describeResource(row)} since.`,
      hint: 'Destroy the resource instead, and give this run up.',
    });
  }
  return undefined;
}
