import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../lib/paths.mjs';
import { Work } from './Work.mjs';

/** How many steps one backend executes at a time; pg-boss is given as many workers. */
const CONCURRENCY = 40;
const STEPS = 10;
const LIMIT_MS = 120_000;

/**
 * How many runs of ten steps that do nothing the ready replicas do in a second. The runs line up behind runs that occupy all
 * workers until they are let go, so that the requests that start runs don't count.
 *
 * @param {import('../../faults/Cluster.mjs').Cluster} cluster
 * @param {number} count
 */
export async function runsPerSecond(cluster, count) {
  const work = new Work(cluster);
  await work.gate('closed');
  await work.start('bench-gate', work.ready.length * (CONCURRENCY + 5));
  await work.start('bench-ten-steps', count);
  const [{ now: openedAt }] = await cluster.query(
    'SELECT clock_timestamp() AS now',
  );
  await work.gate('open');
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const [{ open, ended_at: endedAt }] = await cluster.query(
      `SELECT count(*) FILTER (WHERE ended_at IS NULL)::integer AS open, max(ended_at) AS ended_at
       FROM runs WHERE kind = 'bench-ten-steps' AND input->>'target' LIKE $1`,
      [`${work.name}-%`],
    );
    if (open === 0) return count / ((endedAt - openedAt) / 1000);
    if (performance.now() > deadline) {
      throw new Error(`${open} of ${count} runs did not end in time.`);
    }
    await sleep(250);
  }
}

/**
 * The same number of jobs by plain pg-boss on the same server: the fastest way to write it counts.
 *
 * @param {import('../../faults/Cluster.mjs').Cluster} cluster
 * @param {number} count
 */
export async function rawPerSecond(cluster, count) {
  let best = 0;
  for (const way of ['oneByOne', 'inBatches']) {
    const child = fork(path.join(root, 'scripts/bench/runs/rawPgBoss.mjs'));
    child.send({
      connection: cluster.connection('world'),
      chains: count,
      length: STEPS,
      limit: CONCURRENCY,
      way,
    });
    const [{ seconds }] = await once(child, 'message');
    best = Math.max(best, count / seconds);
  }
  return best;
}
