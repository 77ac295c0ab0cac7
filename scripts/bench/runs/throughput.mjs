import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../lib/paths.mjs';
import { processorSeconds, withChildren } from './cpu.mjs';
import { Work } from './Work.mjs';

/** How many steps one backend executes at a time; pg-boss is given as many workers. */
const CONCURRENCY = 40;
const STEPS = 10;
const LIMIT_MS = 120_000;

/**
 * What was done in a second, and the processor time that each took, in milliseconds, PostgreSQL's included: on a machine that
 * is busy with other things the first tells less than the second.
 *
 * @typedef {{ perSecond: number, cpuMs: number }} Throughput
 */

/**
 * How many runs of ten steps that do nothing the ready replicas do in a second. The runs line up behind runs that occupy all
 * workers until they are let go, so that the requests that start runs don't count.
 *
 * @param {import('../../faults/Cluster.mjs').Cluster} cluster
 * @param {number} count
 * @returns {Promise<Throughput>}
 */
export async function measureRuns(cluster, count) {
  const work = new Work(cluster);
  await work.gate('closed');
  await work.start('bench-gate', work.ready.length * (CONCURRENCY + 5));
  await work.start('bench-ten-steps', count);
  const pids = () => [
    ...work.ready.map(({ pid }) => pid),
    ...withChildren(cluster.postgresPid),
  ];
  const before = processorSeconds(pids());
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
    if (open === 0) {
      return {
        perSecond: count / ((endedAt - openedAt) / 1000),
        cpuMs: ((processorSeconds(pids()) - before) / count) * 1000,
      };
    }
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
 * @param {number} count - of chains of ten
 * @returns {Promise<Throughput>}
 */
export async function measurePgBoss(cluster, count) {
  const results = [];
  for (const way of ['oneByOne', 'inBatches']) {
    results.push(await measureWay(cluster, count, way));
  }
  return {
    perSecond: Math.max(...results.map(({ perSecond }) => perSecond)),
    cpuMs: Math.min(...results.map(({ cpuMs }) => cpuMs)),
  };
}

async function measureWay(cluster, count, way) {
  const child = fork(path.join(root, 'scripts/bench/runs/rawPgBoss.mjs'));
  const pids = () => [child.pid, ...withChildren(cluster.postgresPid)];
  child.send({
    connection: cluster.connection('world'),
    chains: count,
    length: STEPS,
    limit: CONCURRENCY,
    way,
  });
  await once(child, 'message');
  const before = processorSeconds(pids());
  const [{ seconds }] = await once(child, 'message');
  const used = processorSeconds(pids()) - before;
  const ended = once(child, 'exit');
  child.send('end');
  await ended;
  return { perSecond: count / seconds, cpuMs: (used / count) * 1000 };
}
