import type { JobSchedule } from '@slipway/plugin-platform-common';
import type { InstanceSpec } from '../workloads/InstanceSpec';
import type { InstanceRecord, JobRecord } from '../workloads/types';

/** What survives the agent of an instance that is a job. */
export interface JobInstanceRecord extends InstanceRecord {
  spec: InstanceSpec & { work: { kind: 'job' } & JobSchedule };
  job: JobRecord;
}
