import pg from 'pg';
import { findBroken } from './verify.mjs';

const platformChecks = [
  {
    promise: 'lost',
    what: 'Resources that a run is at work on which has ended',
    sql: `
      SELECT e.id, e.name, e.state, r.id AS run_id, r.kind, r.state AS run_state
      FROM resources e JOIN runs r ON r.id = e.run_id
      WHERE e.state IN ('provisioning', 'changing', 'destroying')
      AND r.state IN ('succeeded', 'failed', 'cancelled', 'undone')`,
  },
  {
    promise: 'lost',
    what: 'Runs that made a resource which is not there',
    sql: `
      SELECT id AS run_id, title FROM runs r WHERE kind = 'provision-resource' AND state = 'succeeded'
      AND NOT EXISTS (SELECT 1 FROM resources e WHERE e.id = (r.output->>'resourceId')::uuid)`,
  },
  {
    promise: 'unlisted',
    what: 'Runs that were undone and whose resource is still there',
    sql: `
      SELECT r.id AS run_id, e.id, e.state FROM runs r JOIN resources e ON e.run_id = r.id
      WHERE r.kind = 'provision-resource' AND r.state = 'undone' AND e.state <> 'destroyed'`,
  },
  {
    promise: 'duplicated',
    what: 'Runs on resources started twice under one idempotency key',
    sql: `
      SELECT idempotency_key, count(*) AS runs FROM runs WHERE kind LIKE '%-resource' AND idempotency_key IS NOT NULL
      GROUP BY idempotency_key HAVING count(*) > 1`,
  },
];

/**
 * Looks whether the world is what the platform says of its resources: what is ready is there, with one credential that lets in; what was
 * deleted is kept, and lets nobody in; of what was destroyed nothing is left; and nothing is there that no resource stands for.
 *
 * @param {import('./Cluster.mjs').Cluster} cluster - quiet
 * @returns {Promise<Array<{ promise: 'lost' | 'duplicated' | 'unlisted', what: string, [detail: string]: unknown }>>}
 */
export async function findBrokenResources(cluster) {
  const query = sql => cluster.query(sql);
  const resources = await query(
    'SELECT id, name, type, state, provider_state FROM resources',
  );
  const replica = cluster.replicas.find(({ state }) => state === 'ready');
  const reveal = async ({ id }) =>
    (
      await cluster.requester.call(replica, `/resources/${id}/reveal`, {
        body: {},
      })
    ).outputs;
  const of = type => resources.filter(resource => resource.type === type);
  return [
    ...(await findBroken(platformChecks, query)),
    ...(await checkThings(cluster, of('thing'), reveal)),
    ...(await checkDatabases(cluster, of('postgres'), reveal)),
  ];
}

async function checkThings(cluster, resources, reveal) {
  const made = new Map(
    (await cluster.queryWorld('SELECT id, valid, suspended FROM made')).map(
      thing => [thing.id, thing],
    ),
  );
  const broken = [];
  for (const resource of resources) {
    const thing = made.get(resource.id);
    made.delete(resource.id);
    broken.push(
      ...judge(resource, {
        isThere: thing !== undefined && !thing.suspended,
        isKept: thing?.suspended ?? false,
        credentials: thing?.valid ?? [],
      }),
    );
    if (resource.state === 'ready') {
      const { password } = await reveal(resource);
      if (!thing?.valid.includes(password)) {
        broken.push(lost('Credentials that do not let in', resource));
      }
    }
  }
  return [...broken, ...[...made.keys()].map(id => unlisted('thing', id))];
}

async function checkDatabases(cluster, resources, reveal) {
  const server = cluster.connection('postgres');
  const databases = await ask(
    server,
    `SELECT datname AS name FROM pg_database
     WHERE NOT datistemplate AND datname NOT IN ('postgres', 'world') AND datname NOT LIKE 'backstage_plugin_%'`,
  );
  const roles = await ask(
    server,
    `SELECT rolname AS name, rolcanlogin AS "canLogIn" FROM pg_roles
     WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> '${server.user}'`,
  );
  const broken = [];
  const known = new Set();
  for (const resource of resources) {
    const key = keyOf(resource);
    const own = list => list.filter(({ name }) => name.includes(key));
    [...own(databases), ...own(roles)].forEach(each => known.add(each));
    const isDeleted = ({ name }) => name === `deleted_${key}`;
    broken.push(
      ...judge(resource, {
        isThere: own(databases).some(each => !isDeleted(each)),
        isKept: own(databases).some(isDeleted),
        credentials: own(roles).filter(
          ({ name, canLogIn }) =>
            canLogIn && new RegExp(`${key}_[ab]$`).test(name),
        ),
        leftovers: own(roles),
      }),
    );
    if (resource.state === 'ready') {
      const { url } = await reveal(resource);
      await ask({ connectionString: url }, 'SELECT 1').catch(error =>
        broken.push(
          lost(`Credentials that do not let in: ${error.message}`, resource),
        ),
      );
    }
  }
  const strange = [...databases, ...roles].filter(each => !known.has(each));
  return [...broken, ...strange.map(({ name }) => unlisted('postgres', name))];
}

/** What the state of a resource promises, beside what there is. */
function judge(resource, { isThere, isKept, credentials, leftovers = [] }) {
  switch (resource.state) {
    case 'ready':
      return [
        ...(isThere
          ? []
          : [lost('Resources that are ready and gone', resource)]),
        ...(credentials.length > 1
          ? [
              {
                promise: 'duplicated',
                what: 'Resources that more than one credential lets in to',
                ...resource,
              },
            ]
          : []),
      ];
    case 'deleted':
      return isKept && !isThere
        ? []
        : [lost('Resources that can be restored and are not kept', resource)];
    case 'destroyed':
      return isThere || isKept || leftovers.length > 0
        ? [unlisted(resource.type, resource.id)]
        : [];
    default:
      // One that has failed says so, and may be anything.
      return [];
  }
}

function lost(what, { id, name, type, state }) {
  return { promise: 'lost', what, id, name, type, state };
}

function unlisted(type, name) {
  return {
    promise: 'unlisted',
    what: 'What is there in the world and no resource stands for',
    type,
    name,
  };
}

/** What the provider puts into every name that it makes for a resource. */
function keyOf({ id }) {
  return BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(36)
    .padStart(25, '0');
}

async function ask(connection, sql) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
