import { Agent } from 'node:http';
import { ask } from './serviceTraffic.mjs';
import { percentile } from './statistics.mjs';

/**
 * Asks again as soon as it is answered, over so many connections that are kept.
 *
 * @param {Parameters<typeof ask>[0]} target
 * @param {{ connections: number, milliseconds: number }} options
 * @returns {Promise<{ perSecond: number, p50Ms: number }>}
 */
export async function closedLoop(target, { connections, milliseconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const begun = performance.now();
  const client = async () => {
    while (performance.now() - begun < milliseconds) {
      const asked = performance.now();
      await ask({ ...target, agent });
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return { perSecond: times.length / seconds, p50Ms: percentile(times, 50) };
}
