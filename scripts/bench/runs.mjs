import { cleanUpWhenStopped, withCleanup } from '../faults/cleanups.mjs';
import { Cluster } from '../faults/Cluster.mjs';
import { median, report, round } from './lib/statistics.mjs';
import { stepLatency } from './runs/latency.mjs';
import { measurePgBoss, measureRuns } from './runs/throughput.mjs';
import { costOfWaiting } from './runs/waiting.mjs';

const full = { rounds: 3, runs: 400, latencyRuns: 30, waiting: 10_000 };
const quick = { rounds: 1, runs: 150, latencyRuns: 10, waiting: 1_000 };

/** The most that each may be. */
const targets = {
  stepLatencyMsP50: 15,
  stepBegunMsP50: 15,
  waitingExtraMegabytes: 20,
  waitingExtraHeapMegabytes: 20,
  leasesWhileWaiting: 0,
  listMsP95: 50,
  approvalsMsP95: 50,
};
/** The least that each must be. */
const atLeast = { ratioToPgBoss: 0.5 };

/**
 * The run engine beside plain pg-boss on the same PostgreSQL, which keeps what it says (fsync on), as in production.
 * `--quick` measures less.
 *
 * @param {string[]} args
 */
export async function run(args) {
  const size = args.includes('--quick') ? quick : full;
  const cluster = new Cluster({
    replicas: 3,
    kinds: [],
    volatile: false,
    nodeArguments: [
      '--max-semi-space-size=4',
      '--expose-gc',
      ...(args.includes('--profile') ? ['--cpu-prof'] : []),
    ],
  });
  const say = (what, value) => console.log(JSON.stringify({ [what]: value }));
  cleanUpWhenStopped();
  await withCleanup(
    () => cluster.stop(),
    async () => {
      await cluster.prepare();
      await cluster.start(1);
      const rounds = { raw: [], runs: [] };
      await measureRuns(cluster, 20);
      for (let number = 0; number < size.rounds; number += 1) {
        rounds.raw.push(await measurePgBoss(cluster, size.runs));
        rounds.runs.push(await measureRuns(cluster, size.runs));
        say('round', { raw: rounds.raw.at(-1), runs: rounds.runs.at(-1) });
      }
      const latency = await stepLatency(cluster, size.latencyRuns);
      say('latency', latency);
      const waiting = await costOfWaiting(cluster, size.waiting);
      say('waiting', waiting);
      const scaling = {};
      for (const replicas of [2, 3]) {
        await cluster.start(replicas);
        scaling[`runsPerSecondWith${replicas}`] = round(
          (await measureRuns(cluster, size.runs)).perSecond,
        );
      }
      const of = (what, name) =>
        round(median(rounds[what].map(each => each[name])));
      report(
        'runs',
        {
          pgBossPerSecond: of('raw', 'perSecond'),
          runsPerSecond: of('runs', 'perSecond'),
          ratioToPgBoss: round(
            of('runs', 'perSecond') / of('raw', 'perSecond'),
          ),
          pgBossCpuMs: of('raw', 'cpuMs'),
          runCpuMs: of('runs', 'cpuMs'),
          cpuRatioToPgBoss: round(of('raw', 'cpuMs') / of('runs', 'cpuMs')),
          ...scaling,
          ...latency,
          ...waiting,
        },
        targets,
        atLeast,
      );
    },
  );
  return 0;
}
