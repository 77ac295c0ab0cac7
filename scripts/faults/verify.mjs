/**
 * What must never be. Each check is a query that finds violations, with what it says about one of them. `faults.history` is what
 * PostgreSQL itself wrote down, in the transactions of the engine.
 */
const platformChecks = [
  {
    promise: 'lost',
    what: 'Runs that have neither ended nor wait for anything, nor for one that does',
    sql: `
      SELECT r.id AS run_id, r.title, r.state FROM runs r
      WHERE r.state NOT IN ('succeeded', 'failed', 'cancelled', 'undone', 'planned')
      AND NOT EXISTS (
        SELECT 1 FROM runs h JOIN run_waits w ON w.run_id = h.id
        WHERE w.state = 'open' AND (w.due_at IS NULL OR w.due_at > clock_timestamp())
        AND (h.id = r.id OR (h.target = r.target AND h.holds_target AND r.state = 'queued'))
      )`,
  },
  {
    promise: 'lost',
    what: 'Runs that ended with steps that have not',
    sql: `
      SELECT r.id AS run_id, r.title, r.state, s.step_id, s.state AS step_state
      FROM runs r JOIN run_steps s ON s.run_id = r.id
      WHERE r.state IN ('succeeded', 'failed', 'cancelled', 'undone')
      AND s.state IN ('running', 'waiting', 'queued')`,
  },
  {
    promise: 'lost',
    what: 'Runs that ended and still wait, hold a target or have a lease',
    sql: `
      SELECT r.id AS run_id, r.title, r.state FROM runs r
      WHERE r.state IN ('succeeded', 'failed', 'cancelled', 'undone')
      AND (
        r.holds_target
        OR EXISTS (SELECT 1 FROM run_waits w WHERE w.run_id = r.id AND w.state = 'open' AND w.kind <> 'callback')
        OR EXISTS (SELECT 1 FROM run_steps s WHERE s.run_id = r.id AND s.lease_token IS NOT NULL)
      )`,
  },
  {
    promise: 'duplicated',
    what: 'Steps that were executed again after their output was stored',
    sql: `
      SELECT DISTINCT later.run_id, later.item AS step_id, later.attempt, later.backend
      FROM faults.history done JOIN faults.history later
      ON later.run_id = done.run_id AND later.item = done.item AND later.subject = done.subject AND later.id > done.id
      WHERE done.subject = 'run_steps' AND done.after = 'succeeded' AND later.after = 'running'`,
  },
  {
    promise: 'duplicated',
    what: 'Steps with more than one output stored',
    sql: `
      SELECT run_id, item AS step_id, count(*) AS outputs FROM faults.history
      WHERE subject = 'run_steps' AND after = 'succeeded'
      GROUP BY run_id, item HAVING count(*) > 1`,
  },
  {
    promise: 'duplicated',
    what: 'Outputs stored by an attempt that had been taken over',
    sql: `
      SELECT run_id, item AS step_id, attempt, output->>'attempt' AS stored_by, backend FROM faults.history
      WHERE subject = 'run_steps' AND after = 'succeeded'
      AND output ? 'attempt' AND (output->>'attempt')::integer <> attempt`,
  },
  {
    promise: 'duplicated',
    what: 'Waits that ended more than once',
    sql: `
      SELECT run_id, item AS wait_id, count(*) AS ends FROM faults.history
      WHERE subject = 'run_waits' AND after <> 'open'
      GROUP BY run_id, item HAVING count(*) > 1`,
  },
  {
    promise: 'duplicated',
    what: 'Runs started twice under one idempotency key',
    sql: `
      SELECT input->>'name' AS name, count(*) AS runs FROM runs WHERE kind LIKE 'generated-%'
      GROUP BY input->>'name' HAVING count(*) > 1`,
  },
  {
    promise: 'duplicated',
    what: 'Targets held by two runs at once',
    sql: `
      SELECT target, count(*) AS runs FROM runs WHERE holds_target
      GROUP BY target HAVING count(*) > 1`,
  },
];

const worldChecks = [
  {
    promise: 'duplicated',
    what: 'Effects asked for under more than one idempotency key',
    sql: `SELECT name, count(DISTINCT key) AS keys FROM requests GROUP BY name HAVING count(DISTINCT key) > 1`,
  },
  {
    promise: 'duplicated',
    what: 'Steps that two attempts were told to be the same of',
    sql: `
      SELECT run_id, step_id, phase, attempt, count(*) AS executions FROM executions
      GROUP BY run_id, step_id, phase, attempt HAVING count(*) > 1`,
  },
];

/**
 * Looks for broken promises once everything is quiet.
 *
 * @param {import('./Cluster.mjs').Cluster} cluster
 * @param {ReadonlyMap<string, string>} asked - the ids of the runs that the platform said it has, by name
 * @returns {Promise<Array<{ promise: 'lost' | 'duplicated' | 'unlisted', what: string, [detail: string]: unknown }>>}
 */
export async function findBrokenPromises(cluster, asked) {
  const broken = [
    ...(await findBroken(platformChecks, sql => cluster.query(sql))),
    ...(await findBroken(worldChecks, sql => cluster.queryWorld(sql))),
  ];
  const ids = (await cluster.query('SELECT id FROM runs')).map(({ id }) => id);
  for (const [name, id] of asked) {
    if (!ids.includes(id)) {
      broken.push({
        promise: 'lost',
        what: 'Runs that were answered with an id and do not exist',
        name,
        run_id: id,
      });
    }
  }
  return [...broken, ...(await findUnlisted(cluster))];
}

/** What every run has to keep, whatever its kind. */
export async function findBrokenRuns(query) {
  return await findBroken(platformChecks, query);
}

/**
 * @param {Array<{ promise: string, what: string, sql: string }>} checks
 * @param {(sql: string) => Promise<object[]>} query
 */
export async function findBroken(checks, query) {
  const broken = [];
  for (const { promise, what, sql } of checks) {
    const rows = await query(sql);
    broken.push(...rows.map(row => ({ promise, what, ...row })));
  }
  return broken;
}

/** Things that exist, whose run didn't succeed, and that no list of what remains names. */
async function findUnlisted(cluster) {
  const things = await cluster.queryWorld(
    `SELECT run_id, array_agg(name) AS names FROM things WHERE state = 'there' GROUP BY run_id`,
  );
  const unlisted = [];
  for (const { run_id: runId, names } of things) {
    const run = await cluster.requester.call(
      cluster.replicas.find(({ state }) => state === 'ready'),
      `/runs/${runId}`,
    );
    const listed = new Set((run.remains ?? []).map(({ what }) => what));
    if (run.state === 'succeeded') continue;
    unlisted.push(
      ...names
        .filter(name => !listed.has(name))
        .map(name => ({
          promise: 'unlisted',
          what: 'Things that are there and that no run lists',
          run_id: runId,
          state: run.state,
          name,
        })),
    );
  }
  return unlisted;
}

/**
 * How long the steps of backends that were struck waited until somebody went on with them, in seconds, one number a step.
 *
 * @param {(sql: string, values: unknown[]) => Promise<any[]>} query
 * @param {Array<{ fault: string, backend?: string, at: number }>} strikes - without a name there is one backend
 */
export async function takeovers(query, strikes) {
  const found = [];
  for (const { fault, backend, at } of strikes) {
    if (fault !== 'kill' && fault !== 'freeze') continue;
    const rows = await query(
      `SELECT held.run_id, held.item AS step_id,
         extract(epoch FROM next.at - to_timestamp($2::double precision / 1000)) AS seconds
       FROM (
         SELECT DISTINCT ON (run_id, item) * FROM faults.history
         WHERE subject = 'run_steps' AND at < to_timestamp($2::double precision / 1000)
         AND at > to_timestamp($2::double precision / 1000) - interval '2 minutes'
         ORDER BY run_id, item, id DESC
       ) AS held
       CROSS JOIN LATERAL (
         SELECT at FROM faults.history later
         WHERE later.subject = 'run_steps' AND later.run_id = held.run_id AND later.item = held.item
         AND later.id > held.id AND later.after <> 'queued'
         ORDER BY later.id LIMIT 1
       ) AS next
       WHERE held.after = 'running' AND ($1::text IS NULL OR held.backend = $1)`,
      [backend, at],
    );
    found.push(
      ...rows.map(row => ({ fault, ...row, seconds: Number(row.seconds) })),
    );
  }
  return found;
}
