import { round } from '../lib/statistics.mjs';

/**
 * By how much each time grew, as a part of how much the catalog grew: 1 is linear, less is better.
 *
 * @typedef {{ size: number, metrics: Record<string, number> }} Measured
 * @param {Measured} first
 * @param {Measured} last
 * @returns {Record<string, number>} `growthMax` is that of the one which grew most
 */
export function growth(first, last) {
  const byMetric = Object.keys(first.metrics)
    .filter(name => /^(?!.*Stock).*(MsP50|Seconds)$/.test(name))
    .map(name => [
      `${name}Growth`,
      round(
        last.metrics[name] / first.metrics[name] / (last.size / first.size),
      ),
    ]);
  return {
    ...Object.fromEntries(byMetric),
    growthMax: Math.max(...byMetric.map(([, value]) => value)),
  };
}
