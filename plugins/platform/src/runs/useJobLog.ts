import { useApi } from '@backstage/frontend-plugin-api';
import type { JobLogLine, PipelineJob } from '@slipway/plugin-platform-common';
import { useEffect, useRef } from 'react';
import {
  type Follow,
  platformApiRef,
  useFollow,
  useLines,
} from '@slipway/plugin-platform-react';

/** How soon a job that is running is asked for more lines. */
const POLL_MS = 700;
/** So many lines at once mean that there are more to be had right away. */
const MANY_LINES = 1_000;

/** A job's log as it grows. */
export interface JobLog extends Follow {
  lines: JobLogLine[];
  dropped: number;
}

/** Follows the log of a job until the job has ended and all its lines are read. */
export function useJobLog(
  pipelineId: string | undefined,
  job: PipelineJob | undefined,
): JobLog {
  const platformApi = useApi(platformApiRef);
  const { lines, dropped, append, clear } = useLines<JobLogLine>();
  const lastSequence = useRef(0);
  const isRunning = useRef(false);
  const name = job?.name;
  // A job that starts over, as after a retry, has a new log.
  const key =
    pipelineId && name && job.startedAt
      ? `${pipelineId}/${name}/${job.startedAt}`
      : undefined;

  useEffect(() => {
    isRunning.current = job?.state === 'running' || job?.state === 'pending';
  });

  useEffect(() => {
    lastSequence.current = 0;
    clear();
  }, [key, clear]);

  const follow = useFollow<JobLogLine[] | 'end'>({
    key,
    isLast: event => event === 'end',
    open: async function* poll(signal) {
      while (pipelineId && name && !signal.aborted) {
        // Read before the lines are asked for: what a job prints last is there once it has ended.
        const mayGrow = isRunning.current;
        const answer = await platformApi.getJobLog(
          pipelineId,
          name,
          lastSequence.current,
          { signal },
        );
        yield answer.lines;
        if (answer.lines.length === 0 && !mayGrow) {
          yield 'end';
        }
        if (answer.lines.length < MANY_LINES) {
          await new Promise(resolve => setTimeout(resolve, POLL_MS));
        }
      }
    },
    onEvent: event => {
      if (event !== 'end' && event.length > 0) {
        lastSequence.current = event[event.length - 1].sequence;
        append(event);
      }
    },
  });

  return { ...follow, lines, dropped };
}
