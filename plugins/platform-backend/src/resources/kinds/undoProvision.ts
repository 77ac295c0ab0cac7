import type { JsonObject } from '@backstage/types';
import {
  OperationFailedError,
  type ProvidedResource,
  type ProviderContext,
  type ResourceProvider,
  type UndoContext,
} from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { refuse } from '../refuse';
import { moveResource } from '../store/changeResource';
import { readResource } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { resourceOfRun } from '../store/runEnds';
import { connectedServices, requireUnused } from './destroy';
import { ACTING_STATES } from '../transitions';
import type { KindDependencies } from './KindDependencies';

/** Destroys what the run made, or may have made half. */
export function destroyMade(
  dependencies: KindDependencies,
  context: UndoContext,
): Promise<void> {
  return takeBack(dependencies, context, {
    what: 'destroy',
    act: (provider, resource, given) => provider.destroy(resource, given),
    said: 'is gone.',
  });
}

/** Lets go of what the run adopted, or may have adopted half: what was there before stays there. */
export function releaseAdopted(
  dependencies: KindDependencies,
  context: UndoContext,
  existing: JsonObject,
): Promise<void> {
  return takeBack(dependencies, context, {
    what: 'let go of',
    act: async ({ adoption }, resource, given) =>
      adoption?.release?.(resource, existing, given),
    said: 'is no resource any more.',
  });
}

async function takeBack(
  dependencies: KindDependencies,
  context: UndoContext,
  {
    what,
    act,
    said,
  }: {
    what: string;
    act(
      provider: ResourceProvider,
      resource: ProvidedResource,
      context: ProviderContext,
    ): Promise<void>;
    said: string;
  },
): Promise<void> {
  const row = await made(dependencies, context);
  if (!row) {
    return;
  }
  await dependencies.acts.act(
    context,
    row,
    { what, unreadable: 'do without' },
    act,
  );
  context.log(`${describeResource(row)} ${said}`);
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
      { id: row.id, runId: context.runId },
      'destroyed',
      { failure: null, failed_in: null, secrets: null, secrets_key: null },
    ));
  if (gone) {
    announcer.changed(gone);
  }
}

/**
 * What is still this run's to take back, with nothing else going on with it. It may be ready already: the run stopped just then. Throws
 * `OperationFailedError` where another run has acted on it since, or services use it.
 */
async function made(
  { acts, knex }: KindDependencies,
  context: UndoContext,
): Promise<ResourceRow | undefined> {
  const own = await resourceOfRun(knex, context.runId);
  if (own?.state === 'destroyed') {
    return undefined;
  }
  if (own) {
    return ACTING_STATES.includes(own.state)
      ? own
      : acts
          .begin(own, context.runId, 'destroying', {
            guard: async trx =>
              requireUnused(own, await connectedServices(trx, own)),
          })
          .catch(refuse);
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
