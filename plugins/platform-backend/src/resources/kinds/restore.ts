import { ConflictError } from '@backstage/errors';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import { nameOf } from '../../access';
import { lifetimeFrom } from '../lifetime';
import { matchOf } from '../matchOf';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import type { ResourcePatch } from '../store/changeResource';
import { resourceNamed } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { actedOn, actingStep, verifyStep } from './commonSteps';
import { resourceInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

/** Gives access back to a resource that was deleted and isn't purged yet, with all that is in it. */
export function createRestoreRunKind(dependencies: KindDependencies): RunKind {
  const { knex, acts, environments } = dependencies;

  /** What has expired would be destroyed at once: it lives as long again as its definition says. */
  function newLife(row: ResourceRow): ResourcePatch {
    if (!row.expires_at || row.expires_at.getTime() > Date.now()) {
      return {};
    }
    const { timeToLive } = environments.match(matchOf(row));
    const { expiresAt, warnAt } = lifetimeFrom(
      new Date(),
      timeToLive?.defaultMs,
    );
    return { expires_at: expiresAt ?? null, warn_at: warnAt ?? null };
  }

  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.restore,
    verb: 'Restore',
    input: resourceInput,
    async prepare(row) {
      requireState(row, 'restored', ['deleted']);
      const holder = await resourceNamed(knex, row);
      if (holder) {
        throw new ConflictError(
          `The name "${row.name}" is taken in ${row.environment} by a ${holder.type} of ${nameOf(holder.owner)} by now. Destroy that one first.`,
        );
      }
      return {
        state: 'changing',
        changes: [
          {
            action: 'change',
            what: describeResource(row),
            detail: 'can be used again, with all that is in it',
          },
        ],
        patch: { deleted_at: null, purge_at: null, ...newLife(row) },
      };
    },
    steps: [
      actingStep({
        id: 'restore',
        title: 'Give access back',
        async execute(context) {
          const row = await actedOn(dependencies, context);
          await acts.actAndKeep(
            context,
            row,
            { what: 'restore', unreadable: 'do without' },
            async (provider, resource, given) =>
              provider.softDelete
                ? provider.softDelete.restore(resource, given)
                : provider.apply(resource, given),
          );
        },
      }),
      verifyStep(dependencies),
    ],
  });
}
