import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Portal } from '../lib/Portal.mjs';
import { closedLoop } from './lib/closedLoop.mjs';
import { git } from './lib/plainScript.mjs';
import { PortalSession } from './lib/PortalSession.mjs';
import { cloneWithToken, greet } from './lib/serviceClone.mjs';
import { ask, until200 } from './lib/serviceTraffic.mjs';
import { median, percentile, report, round } from './lib/statistics.mjs';
import { SteadyTraffic } from './lib/SteadyTraffic.mjs';

const SERVICE = 'rollout';
const PER_SECOND = 200;
/** A switch is what happens from just before the route changes until the old instance has no more requests. */
const AROUND_MS = { before: 100, after: 400 };
/** What a switch is compared with: the time just before it, in which the new instance starts. */
const JUST_BEFORE_MS = 1_000;
/** The next deployment's start is not to count as this one's switch. */
const PAUSE_MS = 600;

const full = { calmMs: 20_000, deploys: 20, rollbacks: 5, loopMs: 4_000 };
const quick = { calmMs: 5_000, deploys: 4, rollbacks: 2, loopMs: 1_500 };

/** The most that each may be. */
const targets = {
  failedRequests: 0,
  p99RatioInSwitch: 1.5,
  rollbackSecondsMax: 5,
  routerAddedMsP50: 1,
};
const atLeast = { routerThroughputRatio: 0.6 };

/**
 * Deployments and rollbacks of a service that is asked 200 times a second: how many requests fail, how much slower they are while traffic is
 * switched than before, and how long it takes from the click on Roll back until the old release answers. Then the router beside a direct
 * connection to the same process, in turn. `--quick` measures less.
 *
 * @param {string[]} args
 */
export async function run(args) {
  const size = args.includes('--quick') ? quick : full;
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
  // PostgreSQL and services run as other users where this runs as root.
  await chmod(folder, 0o711);
  const dataDir = path.join(folder, 'data');
  const portal = new Portal({ dataDir });
  try {
    await portal.claim();
    await portal.start();
    const session = new PortalSession(portal);
    await session.signIn('mara');
    const target = {
      port: portal.routerPort,
      host: `${SERVICE}-dev.localhost:${portal.routerPort}`,
    };
    await makeTwoReleases(portal, session, folder, target);
    const rollouts = await measureRollouts(session, target, size);
    console.log(JSON.stringify(rollouts));
    const router = await measureRouter(target, dataDir, size);
    report('rollout', { ...rollouts, ...router }, targets, atLeast);
  } finally {
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function makeTwoReleases(portal, session, folder, target) {
  await session.createService(SERVICE);
  await until200(target, `Hello from ${SERVICE}`);
  const clone = await cloneWithToken(portal, session, folder, SERVICE);
  await greet(clone, 'Hello from', 'Welcome to');
  await git(clone, 'push', '--quiet');
  await until200(target, `Welcome to ${SERVICE}`);
  await quiet(session);
}

/** Waits until nothing is under way. */
async function quiet(session) {
  const states = ['queued', 'running', 'waiting', 'cancelling'];
  const query = states.map(state => `state=${state}`).join('&');
  for (;;) {
    const { items } = await session.call(`/platform/runs?limit=1&${query}`);
    if (items.length === 0) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function measureRollouts(session, target, size) {
  const { items } = await session.call(
    `/platform/services/${SERVICE}/releases`,
  );
  const newest = items[0].id;
  const traffic = new SteadyTraffic(target, PER_SECOND);
  const calmFrom = Date.now();
  await new Promise(resolve => setTimeout(resolve, size.calmMs));
  const calm = traffic.between(calmFrom + 1_000, Date.now());
  const switching = [];
  const starting = [];
  const under = [];
  const seconds = [];
  const deploy = async () => {
    const { id } = await session.call(
      `/platform/services/${SERVICE}/deployments`,
      { environment: 'dev', releaseId: newest },
    );
    const { startedAt, steps, endedAt } = await succeeded(session, id);
    const { startedAt: from, endedAt: until } = steps.find(
      step => step.id === 'switch',
    );
    const times = [startedAt, from, until, endedAt].map(at => Date.parse(at));
    const begin = times[1] - AROUND_MS.before;
    switching.push([begin, times[2] + AROUND_MS.after]);
    starting.push([begin - JUST_BEFORE_MS, begin]);
    under.push([times[0], times[3]]);
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  };
  for (let number = 0; number < size.deploys; number += 1) await deploy();
  for (let number = 0; number < size.rollbacks; number += 1) {
    seconds.push(await rollBack(session, target));
    await deploy();
  }
  await traffic.stop();
  const of = spans => spans.flatMap(span => traffic.between(...span));
  const calmP99 = percentile(calm, 99);
  const beforeP99 = percentile(of(starting), 99);
  const switchP99 = percentile(of(switching), 99);
  return {
    deploys: size.deploys + size.rollbacks,
    rollbacks: size.rollbacks,
    requests: traffic.requests,
    failedRequests: traffic.failed,
    calmMsP50: percentile(calm, 50),
    calmMsP99: calmP99,
    beforeSwitchMsP99: beforeP99,
    switchMsP99: switchP99,
    deployMsP99: percentile(of(under), 99),
    p99RatioInSwitch: round(switchP99 / beforeP99),
    p99RatioToCalm: round(switchP99 / calmP99),
    rollbackSecondsMedian: round(median(seconds)),
    rollbackSecondsMax: round(Math.max(...seconds)),
  };
}

async function succeeded(session, id) {
  const run = await session.followRun(id);
  if (run.state !== 'succeeded') {
    throw new Error(`"${run.title}" ${run.state}: ${run.failure?.message}`);
  }
  return run;
}

/** From the click until the old release answers, in seconds. */
async function rollBack(session, target) {
  const begun = performance.now();
  const { id } = await session.call(`/platform/services/${SERVICE}/rollbacks`, {
    environment: 'dev',
  });
  await until200(target, `Hello from ${SERVICE}`);
  const seconds = (performance.now() - begun) / 1000;
  await succeeded(session, id);
  return seconds;
}

/** The router and the process behind it, in turn, so that what else the machine does hits both. */
async function measureRouter(target, dataDir, { loopMs }) {
  const direct = await directAddress(dataDir);
  await ask(direct);
  const rounds = [];
  for (let number = 0; number < 3; number += 1) {
    const busy = { connections: 16, milliseconds: loopMs };
    const single = { connections: 1, milliseconds: loopMs / 2 };
    rounds.push({
      direct: await closedLoop(direct, busy),
      router: await closedLoop(target, busy),
      directOne: await closedLoop(direct, single),
      routerOne: await closedLoop(target, single),
    });
  }
  const of = pick => median(rounds.map(pick));
  return {
    directPerSecond: Math.round(of(each => each.direct.perSecond)),
    routerPerSecond: Math.round(of(each => each.router.perSecond)),
    routerThroughputRatio: round(
      of(each => each.router.perSecond / each.direct.perSecond),
    ),
    directMsP50: round(of(each => each.directOne.p50Ms)),
    routerMsP50: round(of(each => each.routerOne.p50Ms)),
    routerAddedMsP50: round(
      of(each => each.routerOne.p50Ms - each.directOne.p50Ms),
    ),
  };
}

/** Where the instance that serves listens, as the agent has it on record. */
async function directAddress(dataDir) {
  const file = path.join(dataDir, 'agent', 'state.json');
  const { workloads } = JSON.parse(await readFile(file, 'utf8'));
  const workload = workloads.find(({ ref }) => ref.service === SERVICE);
  const { replicas } = workload.instances.find(
    ({ instanceId }) => instanceId === workload.servingInstanceId,
  );
  return { port: replicas[0].process.port };
}
