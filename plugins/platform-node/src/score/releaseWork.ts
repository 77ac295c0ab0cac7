import type { ReleaseWork } from '../runtime';
import { scheduleOf } from './scheduleOf';
import type { ScoreWorkload } from './types';

/** What a workload is, by what its `score.yaml` says: a schedule makes it a job; without ports in `service`, nobody can ask it anything. */
export function releaseWork(workload: ScoreWorkload): ReleaseWork {
  const schedule = scheduleOf(workload);
  if (schedule) {
    return { kind: 'job', ...schedule };
  }
  const isAsked = Object.keys(workload.service?.ports ?? {}).length > 0;
  return { kind: isAsked ? 'service' : 'worker' };
}
