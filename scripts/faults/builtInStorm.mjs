import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { underTraffic } from '../bench/lib/serviceTraffic.mjs';
import { Portal } from '../lib/Portal.mjs';
import {
  checkInstances,
  checkRepositories,
  checksOfServices,
} from './builtInChecks.mjs';
import { withCleanup } from './cleanups.mjs';
import { previewBranches, promoteAndRollBack } from './deliveryRounds.mjs';
import { PLATFORM_DATABASE } from './Cluster.mjs';
import { PortalUser } from './PortalUser.mjs';
import { PositionStriker, positions } from './PositionStriker.mjs';
import { Random } from './Random.mjs';
import { findBroken, findBrokenRuns, takeovers } from './verify.mjs';
import { installHistory, listen } from './watch.mjs';

const SERVICE = 'struck';
const UNDONE = 'regretted';
/** By which part of the time pushes and promotions are over, so that previews are struck on a slow machine as well. */
const PUSHED_BY = 0.5;
const PROMOTED_BY = 0.75;

/**
 * The built-in kinds of runs in a whole portal: services are created, pushed to and taken back while the backend is struck at every
 * boundary of, and inside, every step. One service is asked fifty times a second meanwhile.
 *
 * @param {{ seed: number, pushes: number, limitMs: number }} options - no more is begun after `limitMs`
 */
export async function builtInStorm({ seed, pushes, limitMs }) {
  const started = performance.now();
  const deadline = started + limitMs;
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-faults-'));
  // PostgreSQL and services run as other users where this runs as root.
  await chmod(folder, 0o711);
  process.env.APP_CONFIG_platform_environmentsFrom = JSON.stringify(
    path.join(import.meta.dirname, 'delivery.yaml'),
  );
  const portal = new Portal({
    dataDir: path.join(folder, 'data'),
    volatile: true,
    backendRestartDelay: 100,
  });
  const striker = new PositionStriker(portal, new Random(seed));
  const open = [];
  const cleanUp = async () => {
    await Promise.allSettled(open.map(client => client.end()));
    await striker.end();
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return await withCleanup(cleanUp, async () => {
    await portal.claim();
    await portal.start();
    const connection = {
      ...portal.postgres,
      database: PLATFORM_DATABASE,
      application_name: 'faults',
    };
    const database = new pg.Client(connection);
    await database.connect();
    open.push(database);
    const query = async (sql, values) =>
      (await database.query(sql, values)).rows;
    await installHistory(connection);
    open.push(
      await listen(connection, 'faults', change => striker.changed(change)),
    );
    await striker.begin();
    const user = new PortalUser({ portal, folder, query });
    await user.session.signIn('mara');
    const world = { created: [], pushes: 0, traffic: undefined, broken: [] };
    try {
      await createServices(user, striker, world, deadline);
      const clone = await user.clone(SERVICE);
      const service = { service: SERVICE, clone, deadline };
      await pushAgainAndAgain(user, striker, world, {
        ...service,
        pushes,
        deadline: started + limitMs * PUSHED_BY,
      });
      world.promotions = await promoteAndRollBack(user, striker, {
        ...service,
        deadline: started + limitMs * PROMOTED_BY,
      });
      world.previews = await previewBranches(user, striker, service);
    } catch (error) {
      world.broken.push({ promise: 'lost', what: error.message });
    }
    await striker.end();
    await portal.waitUntilReady();
    return {
      runs: await countRuns(query),
      requests: world.traffic?.requests,
      failedRequests: world.traffic?.failed,
      promotions: world.promotions,
      previews: world.previews,
      broken: [
        ...world.broken,
        ...(await findBrokenRuns(query)),
        ...(await findBroken(
          checksOfServices(
            world.created.length + world.pushes + (world.previews ?? 0),
            UNDONE,
          ),
          query,
        )),
        ...checkInstances(
          portal.pids.agent,
          world.created.length + (world.promotions ? 1 : 0),
        ),
        ...(await checkRepositories(user.session, world.created)),
      ],
      strikes: striker.strikes,
      takeovers: await takeovers(query, striker.strikes),
    };
  });
}

/** Creates services under strikes, and one that is taken back. */
async function createServices(user, striker, world, deadline) {
  for (let round = 0; round < 3 && performance.now() < deadline; round += 1) {
    const name = round === 0 ? SERVICE : `${SERVICE}${round}`;
    striker.arm(
      ...positions['create-service'].filter((_, index) => index % 3 === round),
    );
    await user.createService(name);
    world.created.push(name);
    await striker.idle();
  }
  striker.disarm();
  striker.arm(...positions.undo);
  if (!(await user.createAndUndo(UNDONE))) world.created.push(UNDONE);
  await striker.idle();
  striker.disarm();
}

/** Pushes under strikes, while the service is asked all the time. */
async function pushAgainAndAgain(user, striker, world, options) {
  const { clone, pushes, deadline } = options;
  world.traffic = await underTraffic(user.addressOf(SERVICE), async () => {
    let greeting = 'Hello from';
    while (world.pushes < pushes && performance.now() < deadline) {
      striker.arm(
        ...['pipeline', 'deploy'].map(kind => nth(kind, world.pushes)),
      );
      world.pushes += 1;
      const next = `Push ${world.pushes} from`;
      await user.push(clone, SERVICE, greeting, next);
      greeting = next;
      await striker.idle();
    }
  });
}

function nth(kind, index) {
  return positions[kind][index % positions[kind].length];
}

async function countRuns(query) {
  const rows = await query(
    'SELECT state, count(*)::integer AS count FROM runs GROUP BY state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
