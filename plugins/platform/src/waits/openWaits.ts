import type { Run, RunWait } from '@slipway/plugin-platform-common';
import { wordOf } from '../components';

/** What a run waits for now, what waits longest first. */
export function openWaits(run: Pick<Run, 'waits'>): RunWait[] {
  return run.waits.filter(({ state }) => state === 'open');
}

/** Whether a person would have to do something for a run to go on. */
export function waitsForPeople(run: Pick<Run, 'waits'>): boolean {
  return openWaits(run).some(({ waitsFor }) => waitsFor === 'people');
}

/** What the state of a run is called: it says what a run waits for, and that a failed one was given up. */
export function wordOfRun(run: Pick<Run, 'state' | 'waits' | 'phase'>): string {
  if (run.state === 'waiting' && waitsForPeople(run)) {
    return 'waiting for approval';
  }
  return run.state === 'failed' && run.phase === 'undo'
    ? 'undo failed'
    : wordOf(run.state);
}
