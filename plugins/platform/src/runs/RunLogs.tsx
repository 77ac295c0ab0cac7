import {
  isFinalRunState,
  type Pipeline,
  type PipelineJob,
  type Run,
} from '@slipway/plugin-platform-common';
import { useMemo } from 'react';
import { ErrorNotice, LogPanel, wordOf } from '@slipway/plugin-platform-react';
import { type RunStream } from '../live';
import { useJobLog } from './useJobLog';

const EMPTY_TEXTS: Partial<Record<PipelineJob['state'], string>> = {
  pending: 'Waits for the stages before it.',
  running: 'Nothing printed yet.',
  skipped: 'Skipped: a job before it failed.',
  cancelled: 'Cancelled before it printed anything.',
};

/** What a run logs about its steps. */
export function StepLog(props: { run: Run; stream: RunStream }) {
  const { run, stream } = props;
  const lines = useMemo(
    () =>
      stream.log.map(line => ({
        key: line.sequence,
        at: line.at,
        source: line.stepId,
        text: line.text,
      })),
    [stream.log],
  );
  const status = isFinalRunState(run.state) ? 'ended' : 'following';
  return (
    <LogPanel
      title="Log"
      lines={lines}
      dropped={stream.droppedLines}
      status={stream.error ? 'reconnecting' : status}
      emptyText={run.startedAt ? 'Nothing logged yet.' : 'Not started yet.'}
    />
  );
}

/** What a job of a pipeline prints. */
export function JobLogView(props: { pipeline: Pipeline; job: PipelineJob }) {
  const { pipeline, job } = props;
  const log = useJobLog(pipeline.id, job);
  const lines = useMemo(
    () => log.lines.map(({ sequence, text }) => ({ key: sequence, text })),
    [log.lines],
  );
  if (log.error && log.state === 'ended') {
    return (
      <ErrorNotice
        title={`Can't load the log of ${job.name}`}
        error={log.error}
        onRetry={log.restart}
      />
    );
  }
  const status = job.state === 'running' ? 'following' : wordOf(job.state);
  return (
    <LogPanel
      title={`Log of ${job.name}`}
      lines={lines}
      dropped={log.dropped}
      status={log.error ? 'reconnecting' : status}
      emptyText={EMPTY_TEXTS[job.state] ?? 'This job printed nothing.'}
    />
  );
}
