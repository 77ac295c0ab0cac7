import type { EndedRun } from '@slipway/plugin-platform-node';
import { failResourceOf } from '../store/runEnds';
import type { KindDependencies } from './KindDependencies';

/** A resource says of itself that the run that acted on it did not end well. */
export async function endedWith(
  { knex, announcer }: Pick<KindDependencies, 'knex' | 'announcer'>,
  { runId, state, failure }: EndedRun,
): Promise<void> {
  if (state === 'succeeded' || state === 'undone') {
    return;
  }
  const failed = await failResourceOf(
    knex,
    runId,
    failure ?? {
      message: `The run that acted on it was cancelled.`,
      hint: 'Retry the run, or destroy the resource.',
    },
  );
  if (failed) {
    announcer.changed(failed);
  }
}
