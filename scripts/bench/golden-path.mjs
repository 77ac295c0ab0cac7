import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Portal } from '../lib/Portal.mjs';
import { measureFirstLoad } from './lib/firstLoad.mjs';
import { cloneWithToken, greet } from './lib/serviceClone.mjs';
import { residentMegabytes } from './lib/memory.mjs';
import { git, plainScript } from './lib/plainScript.mjs';
import { PortalSession } from './lib/PortalSession.mjs';
import { underTraffic, until200 } from './lib/serviceTraffic.mjs';
import { measureBareStart, measureStart } from './lib/start.mjs';
import { median, report, round, timed } from './lib/statistics.mjs';
import { buildStockApp } from './lib/stock/buildStockApp.mjs';
import { StockBackstage } from './lib/stock/StockBackstage.mjs';

const ROUNDS = 5;
const IDLE_MS = 60_000;

const targets = {
  submitRatio: 3,
  pushRatio: 2.5,
  failedRequests: 0,
  startSeconds: 20,
  backendMegabytes: 450,
  agentMegabytes: 90,
};

/**
 * The golden path beside the same work done by a plain shell script, in one run.
 *
 * - `--quick` measures once, and leaves out the minute of idling.
 * - `--stock` builds a stock Backstage app (kept for the next time) and measures its first load and its backend's
 *   memory in the same run; `--beside URL` measures the first load of any other portal.
 * - `--bare` measures the first start as well, from a clone that has nothing installed.
 *
 * @param {string[]} args
 */
export async function run(args) {
  const { quick, stock, beside, bare } = readOptions(args);
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
  // PostgreSQL and services run as other users where this runs as root.
  await chmod(folder, 0o711);
  const portal = new Portal({ dataDir: path.join(folder, 'data') });
  const other = new StockBackstage(path.join(folder, 'stock'));
  try {
    // Before the portal runs, so that the two don't disturb each other.
    const bareStart = bare ? await measureBareStart(folder) : {};
    if (stock) await buildStockApp();
    await portal.claim();
    await portal.start();
    const session = new PortalSession(portal);
    await session.signIn('mara');
    const rounds = [];
    for (let round = 1; round <= (quick ? 1 : ROUNDS); round += 1) {
      rounds.push(await measureRound(portal, session, folder, round));
      console.log(JSON.stringify(rounds.at(-1)));
    }
    if (stock) await other.start();
    if (!quick) {
      await new Promise(resolve => setTimeout(resolve, IDLE_MS));
    }
    const memory = {
      backendMegabytes: residentMegabytes(portal.pids.backend),
      agentMegabytes: residentMegabytes(portal.pids.agent),
      ...(stock && { stockBackendMegabytes: residentMegabytes(other.pid) }),
    };
    const firstLoad = await measureFirstLoad(portal.url);
    const otherLoads = {
      ...(stock && { firstLoadStock: await measureFirstLoad(other.url) }),
      ...(beside && { firstLoadBeside: await measureFirstLoad(beside) }),
    };
    await other.stop();
    await portal.stop();
    const start = await measureStart(path.join(folder, 'data'));
    report(
      'golden-path',
      {
        ...summarize(rounds),
        ...memory,
        ...firstLoad,
        ...otherLoads,
        ...start,
        ...bareStart,
      },
      targets,
    );
  } finally {
    await other.stop();
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean' },
      stock: { type: 'boolean' },
      beside: { type: 'string' },
      bare: { type: 'boolean' },
    },
  });
  return values;
}

async function measureRound(portal, session, folder, number) {
  const name = `bench${number}`;
  const directory = path.join(folder, name);
  await mkdir(directory);
  const target = {
    port: portal.routerPort,
    host: `${name}-dev.localhost:${portal.routerPort}`,
  };
  const scriptSeconds = await plainScript(path.join(directory, 'script'));
  const submitSeconds = await timed(async () => {
    await session.createService(name);
    await until200(target, `Hello from ${name}`);
  });
  const clone = await cloneWithToken(portal, session, directory, name);
  await greet(clone, 'Hello from', 'Welcome to');
  let pushSeconds = 0;
  const traffic = await underTraffic(target, async () => {
    pushSeconds = await timed(async () => {
      await git(clone, 'push', '--quiet');
      await until200(target, `Welcome to ${name}`);
    });
    await retired(session, name);
  });
  return { scriptSeconds, submitSeconds, pushSeconds, ...traffic };
}

/** The old release's last requests count too: waits until the run that retires it has ended. */
async function retired(session, service) {
  const query = `/platform/runs?service=${service}&kind=deploy&limit=1`;
  for (;;) {
    const { items } = await session.call(query);
    if (items[0]?.endedAt) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function summarize(rounds) {
  const of = name => round(median(rounds.map(each => each[name])));
  const sum = name => rounds.reduce((total, each) => total + each[name], 0);
  return {
    scriptSeconds: of('scriptSeconds'),
    submitSeconds: of('submitSeconds'),
    pushSeconds: of('pushSeconds'),
    submitRatio: round(of('submitSeconds') / of('scriptSeconds')),
    pushRatio: round(of('pushSeconds') / of('scriptSeconds')),
    requests: sum('requests'),
    failedRequests: sum('failed'),
  };
}
