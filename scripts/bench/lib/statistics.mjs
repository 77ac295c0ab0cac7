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
 * The line a bench ends with: what was measured, what was wanted, and which targets were missed.
 *
 * @param {string} bench
 * @param {Record<string, unknown>} metrics
 * @param {Record<string, number>} targets - the most each metric may be
 */
export function report(bench, metrics, targets) {
  const missed = Object.keys(targets).filter(
    name => metrics[name] === undefined || metrics[name] > targets[name],
  );
  console.log(JSON.stringify({ bench, metrics, targets, missed }));
}
