import { setTimeout as sleep } from 'node:timers/promises';
import { residentMegabytes } from '../lib/memory.mjs';
import { percentile, round } from '../lib/statistics.mjs';
import { Work } from './Work.mjs';

/** How long a backend is left alone before its memory is looked at, so that what it no longer needs is given back. */
const SETTLE_MS = 5_000;
const REQUESTS = 200;

/**
 * What it costs that runs wait for people: memory of a backend that was just started, with and without them (what starting them left
 * behind in it isn't their doing), workers held, and how long the lists take.
 *
 * @param {import('../../faults/Cluster.mjs').Cluster} cluster
 * @param {number} count
 */
export async function costOfWaiting(cluster, count) {
  const [replica] = cluster.replicas;
  await startAnew(cluster, replica);
  const idle = await settledMemory(cluster, replica);
  await new Work(cluster).start('bench-approval', count);
  await allWait(cluster, count);
  const afterwards = await settledMemory(cluster, replica);
  await startAnew(cluster, replica);
  const waiting = await settledMemory(cluster, replica);
  const [{ leases }] = await cluster.query(
    'SELECT count(*)::integer AS leases FROM run_steps WHERE lease_token IS NOT NULL',
  );
  const lists = {
    listMsP95: '/runs?state=waiting&limit=25',
    approvalsMsP95: '/approvals?state=open&mine=true&limit=25',
  };
  const times = {};
  for (const [name, path] of Object.entries(lists)) {
    times[name] = await requestTime(cluster, replica, path);
  }
  return {
    waitingRuns: count,
    idleMegabytes: idle.resident,
    waitingMegabytes: waiting.resident,
    waitingExtraMegabytes: waiting.resident - idle.resident,
    waitingExtraHeapMegabytes: round(afterwards.heap - idle.heap),
    leasesWhileWaiting: leases,
    ...times,
  };
}

async function startAnew(cluster, replica) {
  await replica.stop();
  await cluster.start(1);
}

async function settledMemory(cluster, replica) {
  await sleep(SETTLE_MS);
  const { heapUsed } = await cluster.requester.call(
    replica,
    '/faults/collect-garbage',
    { body: {} },
  );
  await sleep(1_000);
  return { resident: residentMegabytes(replica.pid), heap: heapUsed / 1e6 };
}

async function allWait(cluster, count) {
  for (;;) {
    const [{ waiting }] = await cluster.query(
      `SELECT count(*)::integer AS waiting FROM runs WHERE kind = 'bench-approval' AND state = 'waiting'`,
    );
    if (waiting === count) return;
    await sleep(250);
  }
}

/** One after the other, as a person's page asks; the 95th percentile in milliseconds. */
async function requestTime(cluster, replica, path) {
  const times = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const started = performance.now();
    const { items } = await cluster.approver.call(replica, path);
    times.push(performance.now() - started);
    if (items.length !== 25) {
      throw new Error(`${path} listed ${items.length} instead of 25.`);
    }
  }
  return round(percentile(times, 95));
}
