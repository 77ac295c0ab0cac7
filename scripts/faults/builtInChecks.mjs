import { readdirSync, readFileSync } from 'node:fs';

/**
 * Exactly one of each, for each push that was made.
 *
 * @param {number} pushes - the first commits of services included
 * @param {string} undone - the service that was taken back, of which nothing is asked here
 */
export function checksOfServices(pushes, undone) {
  return [
    {
      promise: 'duplicated',
      what: 'Commits with more than one pipeline',
      sql: 'SELECT sha, count(*) AS pipelines FROM pipelines GROUP BY sha HAVING count(*) > 1',
    },
    {
      promise: 'lost',
      what: 'Pushes without a pipeline',
      sql: `SELECT count(*) AS pipelines, ${pushes} AS pushes FROM pipelines WHERE service <> '${undone}' HAVING count(*) < ${pushes}`,
    },
    {
      promise: 'lost',
      what: 'Pipelines that did not succeed',
      sql: `SELECT id, sha, state FROM pipelines WHERE state <> 'succeeded' AND service <> '${undone}'`,
    },
    {
      promise: 'lost',
      what: 'Green pipelines without a release',
      sql: `SELECT p.id, p.sha FROM pipelines p LEFT JOIN releases r ON r.pipeline_id = p.id
            WHERE p.state = 'succeeded' AND r.id IS NULL`,
    },
    {
      promise: 'duplicated',
      what: 'Pipelines with more than one release',
      sql: 'SELECT pipeline_id, count(*) AS releases FROM releases GROUP BY pipeline_id HAVING count(*) > 1',
    },
    {
      promise: 'duplicated',
      what: 'Releases deployed more than once to an environment',
      sql: `SELECT release_id, environment, count(*) AS deployments FROM deployments
            WHERE cause IN ('pipeline', 'preview') GROUP BY release_id, environment HAVING count(*) > 1`,
    },
    {
      promise: 'lost',
      what: 'Releases that were not deployed',
      sql: `SELECT r.id, r.number FROM releases r
            WHERE r.service <> '${undone}' AND NOT EXISTS (SELECT 1 FROM deployments d WHERE d.release_id = r.id AND d.state IN ('serving', 'superseded'))`,
    },
    {
      promise: 'unlisted',
      what: 'Previews that were to be gone and are there',
      sql: `SELECT id, branch, state FROM previews WHERE state <> 'removed'`,
    },
    {
      promise: 'unlisted',
      what: 'Environments of previews in which something serves',
      sql: `SELECT service, environment FROM deployments WHERE state = 'serving' AND environment LIKE '%preview%'`,
    },
    {
      promise: 'duplicated',
      what: 'Environments in which more than one release serves',
      sql: `SELECT service, environment, count(*) AS serving FROM deployments WHERE state = 'serving'
            GROUP BY service, environment HAVING count(*) > 1`,
    },
  ];
}

/**
 * One service in one environment is one process below the agent.
 *
 * @param {number} agent - its process id
 * @param {number} services
 */
export function checkInstances(agent, services) {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => parentOf(name) === agent);
  return children.length === services
    ? []
    : [
        {
          promise: children.length > services ? 'unlisted' : 'lost',
          what: `Processes of services below the agent, where ${services} should be`,
          processes: children,
        },
      ];
}

/**
 * What was undone is gone, and everything else is there.
 *
 * @param {import('../bench/lib/PortalSession.mjs').PortalSession} session
 * @param {string[]} there - the names of the repositories that should be there
 */
export async function checkRepositories(session, there) {
  const { items } = await session.call('/platform/repositories');
  const names = items.map(({ name }) => name);
  return [
    ...there
      .filter(name => !names.includes(name))
      .map(name => ({ promise: 'lost', what: 'Repositories missing', name })),
    ...names
      .filter(name => !there.includes(name))
      .map(name => ({
        promise: 'unlisted',
        what: 'Repositories that were undone and are there',
        name,
      })),
  ];
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
