import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';
import type { PlatformAccess } from '../PlatformAccess';
import { explainResponse, isRefusal } from '../responses';
import type { RunWatch } from './RunWatch';

/** How long to wait before looking again where nothing was signalled: doubled each time nothing had changed. */
const FIRST_LOOK_MS = 2_000;
const LATER_LOOK_MS = 60_000;

/** How long a platform may stay away. A restart takes seconds; what it takes longer, a person should know. */
const MAX_SILENCE_MS = 15 * 60_000;

/**
 * Waits for the end of a run and answers how it ended; `changed` is called with each state it was seen in. Costs next to nothing
 * while nothing happens. Throws when the platform refuses, stays away for long, or the task is cancelled.
 */
export async function followRun(
  access: PlatformAccess,
  watch: RunWatch,
  runId: string,
  changed: (run: Run) => void,
  signal = access.signal,
): Promise<Run> {
  let lookAfterMs = FIRST_LOOK_MS;
  let lastContact = Date.now();
  let seen = '';
  for (;;) {
    // Asked for before looking, so that nothing is missed between looking and waiting.
    const over = new AbortController();
    const next = watch.next(
      runId,
      lookAfterMs,
      signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    );
    try {
      const run = await access.look(runId);
      lastContact = Date.now();
      const text = JSON.stringify([run.state, run.steps, run.waits]);
      lookAfterMs =
        text === seen
          ? Math.min(2 * lookAfterMs, LATER_LOOK_MS)
          : FIRST_LOOK_MS;
      seen = text;
      changed(run);
      if (isFinalRunState(run.state)) {
        over.abort();
        return run;
      }
    } catch (error) {
      if (isRefusal(error) || Date.now() - lastContact > MAX_SILENCE_MS) {
        over.abort();
        throw explainResponse(error);
      }
    }
    await next;
    signal?.throwIfAborted();
  }
}
