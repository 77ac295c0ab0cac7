import { percentile } from '../lib/statistics.mjs';
import { Work } from './Work.mjs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * From the end of a step to the start of the next, in milliseconds: runs one after the other on an idle backend. By the database's
 * times, and until the next step's own code begins.
 *
 * @param {import('../../faults/Cluster.mjs').Cluster} cluster
 * @param {number} count
 */
export async function stepLatency(cluster, count) {
  const work = new Work(cluster);
  for (let number = 0; number < count; number += 1) {
    const run = await cluster.requester.call(work.ready[0], '/runs', {
      body: {
        kind: 'bench-clocked-steps',
        input: { target: `${work.name}-${number}` },
      },
    });
    await ended(cluster, run.id);
  }
  const rows = await cluster.query(
    `SELECT extract(epoch FROM next.started_at - step.ended_at) * 1000 AS stored,
       (next.output->>'begunAt')::double precision - extract(epoch FROM step.ended_at) * 1000 AS begun
     FROM runs r
     JOIN run_steps step ON step.run_id = r.id
     JOIN run_steps next ON next.run_id = r.id AND next.position = step.position + 1
     WHERE r.target LIKE $1`,
    [`${work.name}-%`],
  );
  const of = name => rows.map(row => Math.max(0, Number(row[name])));
  return {
    stepLatencyMsP50: percentile(of('stored'), 50),
    stepLatencyMsP95: percentile(of('stored'), 95),
    stepBegunMsP50: percentile(of('begun'), 50),
    stepBegunMsP95: percentile(of('begun'), 95),
  };
}

async function ended(cluster, id) {
  for (;;) {
    const [row] = await cluster.query(
      'SELECT ended_at FROM runs WHERE id = $1',
      [id],
    );
    if (row?.ended_at) return;
    await sleep(5);
  }
}
