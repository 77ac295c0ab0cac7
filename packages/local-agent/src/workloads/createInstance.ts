import path from 'node:path';
import { isJob, JobSupervisor } from '../jobs/JobSupervisor';
import type { Instance } from './Instance';
import { InstanceSupervisor } from './InstanceSupervisor';
import type { InstanceRecord, WorkloadEnvironment } from './types';

/** An instance of what its release is: a job, or a process that is kept up. */
export function createInstance(
  record: InstanceRecord,
  options: {
    /** That of its workload. */
    directory: string;
    environment: WorkloadEnvironment;
    changed(): void;
    isServing(): boolean;
    /** Every instance of its workload. */
    all(): Instance[];
  },
): Instance {
  const { environment, changed, isServing, all } = options;
  // Named as before instances had ids of their own: what runs there must not be moved.
  const directory = path.join(options.directory, 'releases', record.instanceId);
  return isJob(record)
    ? new JobSupervisor({
        record,
        directory,
        environment,
        changed,
        mayRun: isServing,
        isBusyElsewhere: () =>
          all().some(other => other.record !== record && other.pids.length > 0),
      })
    : new InstanceSupervisor({ record, directory, environment, changed });
}
