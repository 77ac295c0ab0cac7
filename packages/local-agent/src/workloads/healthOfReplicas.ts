import type { InstanceHealth } from './Instance';

/** From bad to worse. */
const ORDER = [
  'healthy',
  'degraded',
  'starting',
  'crash-looping',
  'stopped',
  'unknown',
] as const;

/** How an instance is whose processes are so: no better than the worst of them, and degraded as long as one of them answers. */
export function healthOfReplicas(replicas: InstanceHealth[]): InstanceHealth {
  const [worst] = replicas.toSorted(
    (one, other) => ORDER.indexOf(other.health) - ORDER.indexOf(one.health),
  );
  const answers = replicas.filter(({ health }) =>
    ['healthy', 'degraded'].includes(health),
  );
  if (answers.length === 0 || answers.length === replicas.length) {
    return worst;
  }
  return {
    health: 'degraded',
    message:
      `${answers.length} of ${replicas.length} replicas are ready. ${worst.message ?? ''}`.trim(),
  };
}
