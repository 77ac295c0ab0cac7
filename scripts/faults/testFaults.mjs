import { randomInt } from 'node:crypto';
import { round } from '../bench/lib/statistics.mjs';
import { builtInStorm } from './builtInStorm.mjs';
import { cleanUpWhenStopped } from './cleanups.mjs';
import { storm } from './storm.mjs';

/** A dead backend's steps are gone on with after at most so long. */
const TAKEOVER_SECONDS = 30;

const weights = { kill: 80, freeze: 6, cut: 10, stop: 4 };

/** So many that each step of the pipelines and deployments is struck as it begins, inside, and as it ends. */
const PUSHES = 18;
const BUILT_IN_MS = 900_000;

/** The storms of each form, with their part of the kills. */
const forms = {
  short: [
    {
      ...{
        replicas: 3,
        kills: 30,
        gapMs: 250,
        kinds: 8,
        parallel: 24,
        lives: 6,
      },
      ...{ limitMs: 30_000, settleMs: 40_000 },
    },
  ],
  full: [
    { replicas: 3, kills: 150, gapMs: 500, kinds: 16, parallel: 40, lives: 10 },
    { replicas: 2, kills: 90, gapMs: 600, kinds: 16, parallel: 30, lives: 8 },
    { replicas: 1, kills: 50, gapMs: 800, kinds: 16, parallel: 20, lives: 6 },
  ].map(form => ({ ...form, limitMs: 300_000, settleMs: 120_000 })),
};

/**
 * The whole fault test: storms, then the line with what was found.
 *
 * @param {{ short: boolean, seed?: number, kills?: number }} options
 * @returns {Promise<number>} the exit code: 1 only where a promise was broken
 */
export async function testFaults({ short, seed = randomInt(2 ** 31), kills }) {
  const form = forms[short ? 'short' : 'full'];
  const all = form.reduce((sum, each) => sum + each.kills, 0);
  const say = line => process.stdout.write(`${line}\n`);
  say(
    `Seed ${seed}: npm run test:faults -- ${short ? '--short ' : ''}--seed ${seed}`,
  );
  cleanUpWhenStopped();
  const results = [];
  for (const [index, each] of form.entries()) {
    const part = kills ? Math.ceil((kills * each.kills) / all) : each.kills;
    const started = performance.now();
    const result = await storm({
      ...each,
      kills: part,
      weights,
      seed: seed + index,
      say,
    });
    if (each.replicas === 1) alone(result);
    result.seconds = (performance.now() - started) / 1000;
    describe(`${each.replicas} replica(s)`, result, say);
    results.push(result);
  }
  if (!short) {
    const started = performance.now();
    const result = await builtInStorm({
      seed,
      pushes: PUSHES,
      limitMs: BUILT_IN_MS,
    });
    alone(result);
    result.seconds = (performance.now() - started) / 1000;
    describe('Built-in kinds in a whole portal', result, say);
    results.push(result);
  }
  return report(results, seed, kills ?? (short ? 30 : 300));
}

/** With one backend there is none that could take over: going on takes as long as its start. */
function alone(result) {
  result.restarts = result.takeovers;
  result.takeovers = [];
}

function describe(title, result, say) {
  const { broken, crashes = [], surprises = [], runs, strikes } = result;
  const { resources = {} } = result;
  say(`${title}, ${Math.round(result.seconds)} s: ${JSON.stringify(runs)}`);
  say(`Resources: ${JSON.stringify(resources)}`);
  say(`Struck at: ${JSON.stringify(countBy(strikes, 'position'))}`);
  const [longest] = [...result.takeovers, ...(result.restarts ?? [])].toSorted(
    (a, b) => b.seconds - a.seconds,
  );
  if (longest) say(`Longest until gone on with: ${JSON.stringify(longest)}`);
  for (const [what, list] of [
    ['Unexpected', crashes],
    ['Surprising', surprises],
    ['BROKEN', broken.map(each => JSON.stringify(each))],
  ]) {
    list.slice(0, 20).forEach(line => say(`${what}: ${line}`));
    if (list.length > 20) say(`${what}: and ${list.length - 20} more.`);
  }
}

function countBy(strikes, name) {
  const counts = {};
  strikes.forEach(strike => {
    counts[strike[name]] = (counts[strike[name]] ?? 0) + 1;
  });
  return counts;
}

function report(results, seed, wantedKills) {
  const sum = of => results.reduce((total, result) => total + of(result), 0);
  const faults = name =>
    sum(({ strikes }) => strikes.filter(({ fault }) => fault === name).length);
  const promise = name =>
    sum(({ broken }) => broken.filter(each => each.promise === name).length);
  const times = results.flatMap(result => result.takeovers);
  const longest = fault =>
    round(
      Math.max(
        0,
        ...times
          .filter(each => each.fault === fault)
          .map(({ seconds }) => seconds),
      ),
    );
  const metrics = {
    seed,
    kills: faults('kill'),
    freezes: faults('freeze'),
    cuts: faults('cut'),
    stops: faults('stop'),
    positions: new Set(
      results.flatMap(({ strikes }) => strikes.map(each => each.position)),
    ).size,
    runs: sum(({ runs }) => Object.values(runs).reduce((a, b) => a + b, 0)),
    resources: sum(({ resources = {} }) =>
      Object.values(resources).reduce((a, b) => a + b, 0),
    ),
    lost: promise('lost'),
    duplicated: promise('duplicated'),
    unlisted: promise('unlisted'),
    unsettledStorms: sum(({ settled }) => (settled === false ? 1 : 0)),
    crashes: sum(({ crashes = [] }) => crashes.length),
    takeoverSecondsMax: longest('kill'),
    frozenTakeoverSecondsMax: longest('freeze'),
    failedRequests: sum(({ failedRequests = 0 }) => failedRequests),
    restartSecondsMax: round(
      Math.max(
        0,
        ...results.flatMap(({ restarts = [] }) =>
          restarts.map(each => each.seconds),
        ),
      ),
    ),
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
  const targets = {
    kills: wantedKills,
    lost: 0,
    duplicated: 0,
    unlisted: 0,
    takeoverSecondsMax: TAKEOVER_SECONDS,
    frozenTakeoverSecondsMax: TAKEOVER_SECONDS,
  };
  const missed = Object.keys(targets).filter(name =>
    name === 'kills'
      ? metrics.kills < targets.kills
      : metrics[name] > targets[name],
  );
  console.log(JSON.stringify({ bench: 'faults', metrics, targets, missed }));
  return metrics.lost + metrics.duplicated + metrics.unlisted > 0 ? 1 : 0;
}
