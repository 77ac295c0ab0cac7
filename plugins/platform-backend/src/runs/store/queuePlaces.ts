import type { Run } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { RunRow } from './rows';

/** Says where each queued run among the given ones stands. */
export async function queuePlaces(
  knex: Knex,
  runs: RunRow[],
): Promise<Map<string, Run['queue']>> {
  const targets = runs
    .filter(run => run.state === 'queued')
    .map(run => run.target);
  if (targets.length === 0) {
    return new Map();
  }
  const lines = (await knex('runs')
    .whereIn('target', targets)
    .andWhereRaw(`(holds_target OR state = 'queued')`)
    .orderByRaw('holds_target DESC, priority DESC, created_at, id')
    .select('id', 'target', 'state', 'title')) as Array<
    Pick<RunRow, 'id' | 'target' | 'state' | 'title'>
  >;
  const places = new Map<string, Run['queue']>();
  for (const target of new Set(targets)) {
    const line = lines.filter(entry => entry.target === target);
    const queued = line.filter(entry => entry.state === 'queued');
    queued.forEach((entry, index) => {
      const before = line[line.indexOf(entry) - 1];
      if (before) {
        places.set(entry.id, {
          place: index + 1,
          behindRunId: before.id,
          behindTitle: before.title,
        });
      }
    });
  }
  return places;
}
