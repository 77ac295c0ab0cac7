/**
 * One of the values: the first most likely, the n-th about a n-th as often (Zipf's law with exponent 1).
 *
 * @template T
 * @param {import('../../faults/Random.mjs').Random} random
 * @param {readonly T[]} values - at least one
 * @returns {T}
 */
export function pickLongTailed(random, values) {
  return values[Math.floor((values.length + 1) ** random.next()) - 1];
}
