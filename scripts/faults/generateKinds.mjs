/**
 * Run kinds with random step graphs, as `packages/fault-backend` reads them. The first ones are the shapes that always have to be
 * there: a chain, steps side by side, and one of each wait.
 *
 * @param {import('./Random.mjs').Random} random
 * @param {number} count
 */
export function generateKinds(random, count) {
  return Array.from({ length: count }, (_, index) => ({
    id: `generated-${index + 1}`,
    steps: generateSteps(random, fixedWaits[index]),
  }));
}

/** What a kind certainly waits for, by its number. */
const fixedWaits = [undefined, 'time', 'event', 'callback', 'approval'];

function generateSteps(random, certainWait) {
  const length = random.between(2, 6);
  const isChain = random.chance(0.3);
  const certainAt = random.between(0, length - 1);
  const failsForGoodAt = random.chance(0.35)
    ? random.between(1, length - 1)
    : undefined;
  return Array.from({ length }, (_, index) => {
    const earlier = Array.from({ length: index }, (_each, at) => `s${at + 1}`);
    const wait = random.chance(0.15)
      ? random.pick(['time', 'event', 'callback', 'approval'])
      : 'nothing';
    return {
      id: `s${index + 1}`,
      dependsOn: isChain
        ? earlier.slice(-1)
        : earlier.filter(() => random.chance(0.5)),
      pauseMs: random.weighted({ 20: 4, 300: 4, 1500: 2 }) * 1,
      makes: random.chance(0.85),
      undoable: random.chance(0.7),
      fails:
        index === failsForGoodAt
          ? 'always'
          : random.weighted({ never: 8, once: 2 }),
      failsAfterEffect: random.chance(0.5),
      waitsFor: index === certainAt && certainWait ? certainWait : wait,
      undoFails: random.weighted({ never: 8, once: 2 }),
    };
  });
}
