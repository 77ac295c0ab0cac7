import type {
  PipelineOutcome,
  PipelineRequest,
} from '@slipway/plugin-platform-node';
import type { SupervisorResult } from '../workspace/Workspace';
import type { PipelineProgress } from './PipelineProgress';

/** What a person is told about how a pipeline ended. */
export function describeOutcome(
  result: SupervisorResult,
  { jobs, remarks, broken }: PipelineProgress,
  { timeoutMs, signal }: Pick<PipelineRequest, 'timeoutMs' | 'signal'>,
): PipelineOutcome {
  const job =
    broken?.name ?? jobs.find(({ state }) => state === 'running')?.name;
  const failed = (message: string, hint: string): PipelineOutcome => ({
    state: 'failed',
    failure: { message, hint, job },
  });
  switch (result.reason) {
    case 'stopped':
      return { state: signal.aborted ? 'cancelled' : 'interrupted' };
    case 'timed-out':
      return failed(
        `The pipeline took longer than ${describeDuration(timeoutMs)} and was stopped${job ? `, in job "${job}"` : ''}.`,
        'Look in the log for what it was waiting for, make it faster, and push again.',
      );
    case 'flooded':
      return failed(
        'The pipeline printed more than 256 MB and was stopped.',
        'Let its jobs print less, and push again.',
      );
    case 'unwritable':
      return failed(
        result.problem === 'ENOSPC'
          ? "The pipeline was stopped: the portal's disk is full."
          : `The pipeline was stopped: its output could not be written (${result.problem}).`,
        'Ask the platform team to look at the disk, then run the pipeline again.',
      );
    default:
  }
  if (result.exitCode === 0) {
    return { state: 'succeeded' };
  }
  if (broken) {
    return failed(
      `Job "${broken.name}" failed with exit code ${broken.exitCode}.`,
      'Read the end of its log, mend it and push again.',
    );
  }
  if (result.exitCode === undefined && !result.problem) {
    return { state: 'interrupted' };
  }
  if (job || result.exitCode === undefined) {
    const how = result.problem ?? `exit code ${result.exitCode}`;
    return failed(
      `The pipeline broke off${job ? ` while job "${job}" ran` : ''}: gitlab-ci-local ended with ${how}.`,
      'Run it again. If it breaks off again, this machine may have too little memory for what the pipeline does.',
    );
  }
  return failed(
    `.gitlab-ci.yml could not be run: ${explain(remarks) ?? `gitlab-ci-local ended with exit code ${result.exitCode}`}.`,
    'Correct .gitlab-ci.yml and push again.',
  );
}

/** What gitlab-ci-local gave as the reason, without its advice on itself and its remarks on git. */
function explain(remarks: string[]): string | undefined {
  const findings = remarks.filter(line => /^\s*•/.test(line));
  const advice = remarks.findIndex(line =>
    line.startsWith('For further troubleshooting'),
  );
  const schema =
    advice < 0 ? [] : findings.filter(line => remarks.indexOf(line) < advice);
  const reasons = schema.length > 0 ? schema : remarks.slice(-1);
  return (
    reasons
      .map(line =>
        line
          .replace(/^\s*•\s*/, '')
          .replace(/\s*\[#.*\]$/, '')
          .replace(/\.$/, '')
          .trim(),
      )
      .join('; ') || undefined
  );
}

function describeDuration(milliseconds: number): string {
  const units: [string, number][] = [
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ];
  const [unit, size] =
    units.find(([, length]) => milliseconds >= length) ?? units[2];
  const count = Math.round((milliseconds / size) * 10) / 10;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
