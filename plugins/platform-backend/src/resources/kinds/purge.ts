import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import { lastStep } from './commonSteps';
import { GONE } from './destroy';
import { resourceInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

/** Ends the time in which a resource can be restored. */
export function createPurgeRunKind(dependencies: KindDependencies): RunKind {
  const { acts } = dependencies;
  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.purge,
    verb: 'Purge',
    input: resourceInput,
    async prepare(row) {
      requireState(row, 'purged', ['deleted']);
      return {
        state: 'destroying',
        changes: [
          {
            action: 'remove',
            what: describeResource(row),
            dataLoss: 'What was kept of it is lost for good.',
          },
        ],
      };
    },
    steps: [
      lastStep(dependencies, {
        id: 'purge',
        title: 'Purge it',
        leaves: ['destroyed'],
        async finish(row, context) {
          await acts.act(
            context,
            row,
            { what: 'purge', unreadable: 'do without' },
            (provider, resource, given) => provider.destroy(resource, given),
          );
          return acts.move(row, context.runId, 'destroyed', GONE);
        },
      }),
    ],
  });
}
