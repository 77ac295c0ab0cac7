import { ConflictError, InputError } from '@backstage/errors';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type RunKind,
} from '@slipway/plugin-platform-node';
import { inWords, lifetimeUntil } from '../lifetime';
import { matchOf } from '../matchOf';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import { patchResource } from '../store/changeResource';
import type { ResourceRow } from '../store/rows';
import { extendInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

const EXTENDABLE = ['ready', 'failed'] as const;

/** Lets a resource expire later. Nothing else about it changes, its state neither. */
export function createExtendRunKind(dependencies: KindDependencies): RunKind {
  const { knex, announcer, environments } = dependencies;
  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.extend,
    verb: 'Extend',
    input: extendInput,
    async prepare(row, { until }) {
      requireState(row, 'extended', EXTENDABLE);
      const { timeToLive, name } = environments.match(matchOf(row));
      const expiresAt = new Date(until);
      requireLater(row, expiresAt);
      if (
        timeToLive &&
        expiresAt.getTime() - Date.now() > timeToLive.maximumMs
      ) {
        throw new InputError(
          `until: ${name} lets a resource live for ${inWords(timeToLive.maximumMs)} from now at most. Choose an earlier time; it can be extended again later.`,
        );
      }
      return {
        changes: [
          {
            action: 'change',
            what: describeResource(row),
            fields: [
              {
                field: 'expiresAt',
                from: row.expires_at?.toISOString(),
                to: expiresAt.toISOString(),
              },
            ],
          },
        ],
      };
    },
    steps: [
      {
        id: 'extend',
        title: 'Extend it',
        async execute({ input }) {
          const { expiresAt, warnAt } = lifetimeUntil(
            new Date(),
            new Date(input.until),
          );
          const extended = await patchResource(
            knex,
            { id: input.resourceId, from: EXTENDABLE },
            { expires_at: expiresAt, warn_at: warnAt },
          );
          if (!extended) {
            throw new OperationFailedError({
              message: 'It was taken away meanwhile.',
              hint: 'Look at the resource: where it was deleted, it can be restored.',
            });
          }
          announcer.changed(extended);
          return { resourceId: extended.id, until: input.until };
        },
      },
    ],
  });
}

function requireLater(row: ResourceRow, expiresAt: Date): void {
  if (!row.expires_at) {
    throw new ConflictError(
      `${describeResource(row)} lives for ever, so there is nothing to extend.`,
    );
  }
  const earliest = Math.max(row.expires_at.getTime(), Date.now());
  if (expiresAt.getTime() <= earliest) {
    throw new InputError(
      `until: ${expiresAt.toISOString()} is no later than ${new Date(earliest).toISOString()}. Choose a later time.`,
    );
  }
}
