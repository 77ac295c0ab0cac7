import type {
  ServiceOperation,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';

/** What can be done with what serves, besides bringing another release; a job has no replicas, and no process to restart. */
export function operationsFor({
  kind,
  stopped,
}: WorkloadStatus): ServiceOperation[] {
  if (stopped) {
    return ['start'];
  }
  return kind === 'job' ? ['stop'] : ['scale', 'restart', 'stop'];
}
