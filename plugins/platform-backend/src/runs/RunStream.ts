import {
  isFinalRunState,
  type Run,
  type RunLogLine,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import type { RunEvents } from './RunEvents';

/** How long a stream sleeps where nothing of this backend wakes it, for changes made by another. */
const POLL_MS = 1_000;
/** How many log lines a stream sends at a time. */
const LOG_BATCH = 500;

/** Adds what a kind of run has to show beside its steps. */
export type Companion = (run: Run) => Promise<RunStreamEvent | undefined>;

/** A run and its log from the beginning, then whatever changes, until the run has ended. */
export async function* streamRun(options: {
  id: string;
  events: RunEvents;
  signal: AbortSignal;
  read(): Promise<Run>;
  readLog(after: number, limit: number): Promise<RunLogLine[]>;
  companion: Companion;
}): AsyncIterable<RunStreamEvent> {
  const { id, events, signal } = options;
  let after = 0;
  const shown = new Map<string, string>();
  while (!signal.aborted) {
    // Asked for before reading, so that nothing is missed between reading and waiting.
    const stop = new AbortController();
    const changed = events.next(
      id,
      POLL_MS,
      AbortSignal.any([signal, stop.signal]),
    );
    const run = await options.read();
    const beside = await options.companion(run);
    const state: RunStreamEvent[] = [{ type: 'run', run }];
    for (const event of beside ? [...state, beside] : state) {
      const text = JSON.stringify(event);
      if (shown.get(event.type) !== text) {
        shown.set(event.type, text);
        yield event;
      }
    }
    const lines = await options.readLog(after, LOG_BATCH);
    if (lines.length > 0) {
      after = lines[lines.length - 1].sequence;
      yield { type: 'log', lines };
    }
    if (lines.length === LOG_BATCH) {
      stop.abort();
    } else if (isFinalRunState(run.state)) {
      stop.abort();
      yield { type: 'end' };
      return;
    }
    await changed;
  }
}
