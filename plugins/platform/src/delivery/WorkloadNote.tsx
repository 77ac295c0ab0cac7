import { Text } from '@backstage/ui';
import type {
  JobRun,
  JobStatus,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import { TimeAgo, TimeLeft } from '@slipway/plugin-platform-react';

/** What there is to know of something that takes no requests, instead of an address; nothing for a service. */
export function WorkloadNote({ status }: { status: WorkloadStatus }) {
  if (status.job) {
    return <JobNote job={status.job} />;
  }
  return status.kind === 'worker' ? (
    <Text as="div" variant="body-small" color="secondary">
      A worker: it takes no requests, so it has no address.
    </Text>
  ) : null;
}

function JobNote({ job }: { job: JobStatus }) {
  const [last] = job.runs;
  return (
    <>
      <Text as="div" variant="body-small" color="secondary">
        Runs <code>{job.schedule}</code> ({job.timeZone}),{' '}
        {job.nextAt ? (
          <>
            next <TimeLeft until={job.nextAt} />
          </>
        ) : (
          'and has no next time'
        )}
        .
      </Text>
      <Text as="div" variant="body-small" color="secondary">
        {last ? <LastRun run={last} /> : 'It has not run yet.'}
      </Text>
    </>
  );
}

function LastRun({ run }: { run: JobRun }) {
  const { skipped = 0 } = run;
  return (
    <>
      {run.endedAt ? (
        <>
          The last run, <TimeAgo at={run.startedAt} />, {run.message}.
        </>
      ) : (
        <>
          It runs, since <TimeAgo at={run.startedAt} />.
        </>
      )}
      {skipped > 0 &&
        ` ${skipped} ${skipped === 1 ? 'time' : 'times'} came meanwhile and ${skipped === 1 ? 'was' : 'were'} skipped.`}
    </>
  );
}
