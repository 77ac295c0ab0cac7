import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Portal } from '../lib/Portal.mjs';
import { PortalSession } from './lib/PortalSession.mjs';
import { median, percentile, report, round, timed } from './lib/statistics.mjs';
import { askPortal } from './provision/askPortal.mjs';
import { makeByHand } from './provision/byHand.mjs';

const full = { warmUp: 5, rounds: 40, atOnce: 100 };
const quick = { warmUp: 2, rounds: 10, atOnce: 30 };

/** The most that each may be. */
const targets = { overheadMsP95: 400, ratioAtOnce: 2, notReady: 0 };

/**
 * From the request for a database until somebody uses it, beside the same made by hand in SQL, on the same server in the same run, in turn. Then
 * a hundred asked for at once, beside a hundred made by hand one after the other. PostgreSQL keeps what it says (fsync on), as in production.
 * `--quick` measures less.
 *
 * @param {string[]} args
 */
export async function run(args) {
  const size = args.includes('--quick') ? quick : full;
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
  // PostgreSQL runs as another user where this runs as root.
  await chmod(folder, 0o711);
  const portal = new Portal({ dataDir: path.join(folder, 'data') });
  let client;
  try {
    await portal.claim();
    await portal.start();
    const session = new PortalSession(portal);
    await session.signIn('mara');
    client = new pg.Client({
      ...portal.workloadPostgres,
      database: 'postgres',
    });
    await client.connect();
    await measureOneByOne(session, client, 'warm', size.warmUp);
    const single = await measureOneByOne(session, client, 'one', size.rounds);
    console.log(JSON.stringify(single));
    const many = await measureAtOnce(session, client, size.atOnce);
    report('provision', { ...single, ...many }, targets);
  } finally {
    await client?.end();
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function measureOneByOne(session, client, prefix, rounds) {
  const byHand = [];
  const asked = [];
  for (let number = 0; number < rounds; number += 1) {
    const name = `${prefix}_${number}`;
    byHand.push(1000 * (await timed(() => makeByHand(client, name))));
    asked.push(1000 * (await timed(() => askPortal(session, dashed(name)))));
  }
  const overhead = asked.map((ms, index) => ms - byHand[index]);
  return {
    byHandMsP50: round(median(byHand)),
    byHandMsP95: percentile(byHand, 95),
    askedMsP50: round(median(asked)),
    askedMsP95: percentile(asked, 95),
    overheadMsP50: round(median(overhead)),
    overheadMsP95: percentile(overhead, 95),
  };
}

async function measureAtOnce(session, client, count) {
  const names = Array.from({ length: count }, (_, index) => `many_${index}`);
  const byHandSeconds = await timed(async () => {
    for (const name of names) await makeByHand(client, name);
  });
  let failures = [];
  const atOnceSeconds = await timed(async () => {
    const results = await Promise.allSettled(
      names.map(name => askPortal(session, dashed(name))),
    );
    failures = results.filter(({ status }) => status === 'rejected');
  });
  failures.slice(0, 3).forEach(({ reason }) => console.log(String(reason)));
  return {
    atOnce: count,
    notReady: failures.length,
    byHandSeconds: round(byHandSeconds),
    atOnceSeconds: round(atOnceSeconds),
    ratioAtOnce: round(atOnceSeconds / byHandSeconds),
  };
}

/** What people call resources has hyphens. */
function dashed(name) {
  return name.replaceAll('_', '-');
}
