import { setTimeout as delay } from 'node:timers/promises';
import type {
  Pipeline,
  Run,
  RunLogLine,
} from '@slipway/plugin-platform-common';
import { isRefusal } from '../responses';
import type { PlatformAccess } from '../PlatformAccess';

/** Who wants to know what happens in a run. */
export interface RunObserver {
  runChanged?(run: Run): void;
  pipelineChanged?(pipeline: Pipeline): void;
  /** Each line once, in order. */
  printed(line: RunLogLine): void;
}

/** How long to wait before asking again after a broken connection. */
const RECONNECT_DELAY_MS = 100;

/** How long a platform may stay away, as it does while it restarts. */
const MAX_SILENCE_MS = 120_000;

/**
 * Follows a run to its end and returns how it ended. Takes up again where a broken connection left off.
 * Throws when the platform refuses, stays away for two minutes, or `access.signal` aborts.
 */
export async function followRun(
  access: PlatformAccess,
  runId: string,
  observer: RunObserver,
): Promise<Run> {
  const { platform, signal } = access;
  let printedUpTo = 0;
  let lastContact = Date.now();
  for (;;) {
    try {
      let run: Run | undefined;
      const options = await access.requestOptions();
      for await (const event of platform.streamRun(runId, options)) {
        lastContact = Date.now();
        if (event.type === 'run') {
          run = event.run;
          observer.runChanged?.(run);
        } else if (event.type === 'pipeline') {
          observer.pipelineChanged?.(event.pipeline);
        } else if (event.type === 'log') {
          for (const line of event.lines) {
            if (line.sequence > printedUpTo) {
              printedUpTo = line.sequence;
              observer.printed(line);
            }
          }
        } else if (run) {
          return run;
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (isRefusal(error) || Date.now() - lastContact > MAX_SILENCE_MS) {
        throw error;
      }
    }
    await delay(RECONNECT_DELAY_MS, undefined, { signal });
  }
}
