/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} value */
export function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

/**
 * Runs work and says how long it took, in seconds.
 *
 * @param {() => Promise<unknown>} work
 */
export async function timed(work) {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/**
 * The value that so many percent of the values don't exceed.
 *
 * @param {number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  const position = Math.ceil((percent / 100) * sorted.length) - 1;
  return round(sorted[Math.max(0, position)]);
}

/**
 * The line a bench ends with: what was measured, what was wanted, and which targets were missed.
 *
 * @param {string} bench
 * @param {Record<string, unknown>} metrics
 * @param {Record<string, number>} targets - the most each metric may be
 * @param {Record<string, number>} [atLeast] - the least each metric must be
 */
export function report(bench, metrics, targets, atLeast = {}) {
  const missed = [
    ...Object.keys(targets).filter(name => !(metrics[name] <= targets[name])),
    ...Object.keys(atLeast).filter(name => !(metrics[name] >= atLeast[name])),
  ];
  console.log(
    JSON.stringify({
      bench,
      metrics,
      targets: { ...targets, ...atLeast },
      missed,
    }),
  );
}
