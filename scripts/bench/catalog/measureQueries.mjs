import { median, percentile, round, timed } from '../lib/statistics.mjs';
import { ownQueries, queries } from './queries.mjs';

const WARM_UP = 20;
const REQUESTS = 200;

/**
 * Asks both backends in turn, one request at a time, so that what else happens on the machine happens to both.
 *
 * @param {import('./CatalogClient.mjs').CatalogClient} portal
 * @param {import('./CatalogClient.mjs').CatalogClient} stock
 * @param {import('./queries.mjs').Sample[]} samples
 * @returns {Promise<Record<string, number>>}
 */
export async function measureQueries(portal, stock, samples) {
  const metrics = {};
  for (const [name, query] of Object.entries(queries)) {
    const [ours, theirs] = await measure(query, [portal, stock], samples);
    Object.assign(
      metrics,
      summarize(name, ours),
      summarize(`${name}Stock`, theirs),
      {
        [`${name}RatioToStock`]: round(median(ours) / median(theirs)),
        [`${name}RatioToStockP95`]: round(
          percentile(ours, 95) / percentile(theirs, 95),
        ),
      },
    );
  }
  for (const [name, query] of Object.entries(ownQueries)) {
    const [ours] = await measure(query, [portal], samples);
    Object.assign(metrics, summarize(name, ours));
  }
  return metrics;
}

/** The milliseconds that each of the clients waited. */
async function measure(query, clients, samples) {
  const times = clients.map(() => []);
  for (let number = -WARM_UP; number < REQUESTS; number += 1) {
    const sample = samples[(number + WARM_UP) % samples.length];
    // Each goes first every other time.
    const order = [...clients.keys()];
    for (const at of number % 2 ? order : order.reverse()) {
      const seconds = await timed(() => query(clients[at], sample));
      if (number >= 0) times[at].push(seconds * 1000);
    }
  }
  return times;
}

function summarize(name, times) {
  return {
    [`${name}MsP50`]: round(median(times)),
    [`${name}MsP95`]: percentile(times, 95),
  };
}
