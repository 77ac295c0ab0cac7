import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a page answers with success.
 *
 * @param {string} url
 * @param {{ isAlive: () => boolean, timeout: number }} options - `timeout` in milliseconds
 * @returns {Promise<boolean>} false when the server died or the time was up
 */
export async function answers(url, options) {
  return await eventually(
    () =>
      fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        response => response.ok,
        () => false,
      ),
    options,
  );
}

/**
 * Waits until the catalog holds people to sign in and templates to start from.
 *
 * It asks the catalog's database: nobody has signed in yet, so its API would not answer.
 *
 * @param {{ port: number, user: string, password: string }} postgres
 * @param {{ isAlive: () => boolean, timeout: number }} options - `timeout` in milliseconds
 */
export async function catalogHasContent(postgres, options) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...postgres,
    host: '127.0.0.1',
    database: 'backstage_plugin_catalog',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await eventually(async () => {
      const { rows } = await client.query(
        `select count(distinct split_part(entity_ref, ':', 1)) as kinds
         from final_entities
         where final_entity is not null
         and (entity_ref like 'user:%' or entity_ref like 'template:%')`,
      );
      return Number(rows[0].kinds) === 2;
    }, options);
  } finally {
    await client.end();
  }
}

/** Milliseconds between two looks. */
const interval = 200;

async function eventually(check, { isAlive, timeout }) {
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline && isAlive()) {
    if (await check()) return true;
    await sleep(interval);
  }
  return false;
}
