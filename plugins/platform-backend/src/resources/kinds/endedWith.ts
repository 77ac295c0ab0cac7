import { PLATFORM_ACTOR } from '@slipway/plugin-platform-common';
import type { EndedRun } from '@slipway/plugin-platform-node';
import { failResourceOf, resourceOfRun } from '../store/runEnds';
import type { KindDependencies } from './KindDependencies';

/** A resource says of itself that the run that acted on it did not end well; where nobody asked for that run, its owner is told. */
export async function endedWith(
  {
    knex,
    announcer,
    news,
    runs,
  }: Pick<KindDependencies, 'knex' | 'announcer' | 'news' | 'runs'>,
  { runId, state, failure }: EndedRun,
): Promise<void> {
  if (state !== 'failed' && state !== 'cancelled') {
    return;
  }
  const failed = await failResourceOf(knex, runId);
  if (failed) {
    announcer.changed(failed);
  }
  const { requestedBy } = await runs.get(runId);
  const resource = failed ?? (await resourceOfRun(knex, runId));
  if (requestedBy === PLATFORM_ACTOR && resource && failure) {
    await news.notTakenAway(resource, failure);
  }
}
