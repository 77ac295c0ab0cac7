import { setTimeout as sleep } from 'node:timers/promises';
import { withCleanup } from './cleanups.mjs';
import { Cluster, PLATFORM_DATABASE, WORLD_DATABASE } from './Cluster.mjs';
import { generateKinds } from './generateKinds.mjs';
import { Random } from './Random.mjs';
import { findBrokenResources } from './resourceChecks.mjs';
import { ResourceTraffic } from './ResourceTraffic.mjs';
import { Striker } from './Striker.mjs';
import { Traffic } from './Traffic.mjs';
import { findBrokenPromises, takeovers } from './verify.mjs';
import { installHistory, listen } from './watch.mjs';

/** Of each provider that can run here. */
const RESOURCE_TYPES = ['thing', 'postgres'];

/**
 * One storm: so many replicas, so many kills.
 *
 * @typedef {object} StormOptions
 * @property {number} seed
 * @property {number} replicas
 * @property {number} kills
 * @property {number} gapMs - between strikes, on average
 * @property {number} kinds - how many are generated
 * @property {number} parallel - how many runs go on at a time
 * @property {number} lives - how many resources live at a time
 * @property {number} limitMs - no longer than this, however few kills there were
 * @property {number} settleMs - how long runs may take to end afterwards
 * @property {Record<'kill' | 'freeze' | 'cut' | 'stop', number>} weights
 * @property {(line: string) => void} say
 */

/**
 * Lets runs of generated kinds go on while backends are killed, frozen and cut off, then waits until all is quiet, and looks for
 * broken promises.
 *
 * @param {StormOptions} options
 */
export async function storm(options) {
  const random = new Random(options.seed);
  const kinds = generateKinds(random, options.kinds);
  const crashes = [];
  const cluster = new Cluster({
    replicas: options.replicas,
    kinds,
    volatile: true,
    onUnexpectedExit: (replica, reason) => {
      crashes.push(`${replica.name} ended by itself: ${reason}`);
      replica.start().catch(() => {});
    },
  });
  const listeners = [];
  const cleanUp = async () => {
    await Promise.allSettled(listeners.map(client => client.end()));
    await cluster.stop();
  };
  return await withCleanup(cleanUp, async () => {
    await cluster.prepare();
    await cluster.start();
    await installHistory(cluster.connection(PLATFORM_DATABASE));
    const striker = new Striker({ ...options, cluster, random });
    const traffic = new Traffic({ ...options, cluster, random, kinds });
    const resources = new ResourceTraffic({
      ...options,
      cluster,
      random,
      types: RESOURCE_TYPES,
    });
    listeners.push(
      await listen(cluster.connection(PLATFORM_DATABASE), 'faults', change => {
        striker.happened(change.backend, positionOf(change));
        traffic.changed(change);
      }),
      await listen(
        cluster.connection(WORLD_DATABASE),
        'world',
        ({ table, row }) => {
          if (table === 'callbacks') traffic.callbackTaken(row.url);
          else if (table === 'acts') {
            striker.happened(row.backend, `inside ${row.act} of a thing`, {
              inside: true,
            });
          } else {
            const again = row.resumed ? ' after a wait' : '';
            striker.happened(row.backend, `inside ${row.phase}${again}`, {
              inside: true,
            });
          }
        },
      ),
    );
    await striker.begin();
    traffic.begin();
    resources.begin();
    const deadline = performance.now() + options.limitMs;
    while (!striker.isDone && performance.now() < deadline) await sleep(100);
    await striker.end();
    await cluster.start();
    await Promise.all([traffic.calm(), resources.calm()]);
    const settled = await settle(cluster, traffic, options.settleMs);
    // What a taken-over attempt may still do comes to its end with its process.
    await Promise.all(cluster.replicas.map(replica => replica.stop()));
    await cluster.start(1);
    const broken = [
      ...(await findBrokenPromises(cluster, traffic.runs)),
      ...(await findBrokenResources(cluster)),
    ];
    return {
      ...(await counts(cluster)),
      settled,
      broken,
      crashes,
      surprises: [...traffic.surprises, ...resources.surprises],
      strikes: striker.strikes,
      takeovers: await takeovers(
        (sql, values) => cluster.query(sql, values),
        striker.strikes,
      ),
    };
  });
}

/** Runs on resources have positions of their own: each of their steps is struck. */
function positionOf({ subject, kind, item, before, after }) {
  const where =
    kind?.endsWith('-resource') && subject === 'run_steps'
      ? `${kind} ${item}`
      : subject;
  return `${where} ${before ?? 'new'} > ${after}`;
}

/** Waits until every run has ended or waits for something. */
async function settle(cluster, traffic, limitMs) {
  const deadline = performance.now() + limitMs;
  for (;;) {
    await traffic.idle();
    const [{ open }] = await cluster.query(
      `SELECT count(*)::integer AS open FROM runs
       WHERE state NOT IN ('succeeded', 'failed', 'cancelled', 'undone', 'planned')`,
    );
    if (open === 0) return true;
    if (performance.now() > deadline) return false;
    await sleep(200);
  }
}

async function counts(cluster) {
  const states = await cluster.query(
    'SELECT state, count(*)::integer AS count FROM runs GROUP BY state ORDER BY state',
  );
  const [{ executions }] = await cluster.queryWorld(
    'SELECT count(*)::integer AS executions FROM executions',
  );
  const [{ things }] = await cluster.queryWorld(
    'SELECT count(*)::integer AS things FROM things',
  );
  const resources = await cluster.query(
    'SELECT type, state, count(*)::integer AS count FROM resources GROUP BY type, state ORDER BY type, state',
  );
  return {
    resources: Object.fromEntries(
      resources.map(({ type, state, count }) => [`${type} ${state}`, count]),
    ),
    runs: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    executions,
    things,
  };
}
