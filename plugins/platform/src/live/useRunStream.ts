import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type Pipeline,
  type PlatformSignal,
  type Run,
  type RunLogLine,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import { useEffect, useRef, useState } from 'react';
import {
  type Follow,
  platformApiRef,
  useFollow,
  useLines,
} from '@slipway/plugin-platform-react';

/** A run as it goes. */
export interface RunStream extends Follow {
  run?: Run;
  /** The pipeline that the run executes, where it is one. */
  pipeline?: Pipeline;
  log: RunLogLine[];
  /** How many older lines of the log are not kept. */
  droppedLines: number;
}

/**
 * Follows a run and its log until it ends, through broken connections, and takes it up again when a
 * run that had ended goes on, as after a retry.
 */
export function useRunStream(runId: string): RunStream {
  const platformApi = useApi(platformApiRef);
  const signalApi = useApiHolder().get(signalApiRef);
  const [content, setContent] = useState<{
    runId: string;
    run?: Run;
    pipeline?: Pipeline;
  }>({ runId });
  const { lines, dropped, append, clear } = useLines<RunLogLine>();
  // A new connection may tell the log from its start: what is known is passed over.
  const lastSequence = useRef(0);

  useEffect(() => {
    lastSequence.current = 0;
    clear();
  }, [runId, clear]);

  const follow = useFollow<RunStreamEvent>({
    key: runId,
    open: signal => platformApi.streamRun(runId, { signal }),
    isLast: event => event.type === 'end',
    onEvent: event => {
      if (event.type === 'run') {
        setContent(old => ({ ...only(old, runId), run: event.run }));
      } else if (event.type === 'pipeline') {
        setContent(old => ({ ...only(old, runId), pipeline: event.pipeline }));
      } else if (event.type === 'log') {
        const news = event.lines.filter(
          line => line.sequence > lastSequence.current,
        );
        if (news.length > 0) {
          lastSequence.current = news[news.length - 1].sequence;
          append(news);
        }
      }
    },
  });

  const { state, restart } = follow;
  useEffect(() => {
    if (state !== 'ended') {
      return undefined;
    }
    const subscription = signalApi?.subscribe(
      PLATFORM_SIGNAL_CHANNEL,
      message => {
        const signal = message as unknown as PlatformSignal;
        if (signal.type === 'run' && signal.runId === runId) {
          restart();
        }
      },
    );
    return () => subscription?.unsubscribe();
  }, [signalApi, runId, state, restart]);

  const { run, pipeline } = only(content, runId);
  return { ...follow, run, pipeline, log: lines, droppedLines: dropped };
}

function only<T extends { runId: string }>(
  content: T,
  runId: string,
): T | { runId: string; run?: undefined; pipeline?: undefined } {
  return content.runId === runId ? content : { runId };
}
