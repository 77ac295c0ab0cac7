import type { Run, RunWait } from '@slipway/plugin-platform-common';
import { wordOf } from '@slipway/plugin-platform-react';

/** What a run waits for now, what waits longest first. */
export function openWaits(run: Pick<Run, 'waits'>): RunWait[] {
  return run.waits.filter(({ state }) => state === 'open');
}

/** Whether a person would have to do something for a run to go on. */
export function waitsForPeople(run: Pick<Run, 'waits'>): boolean {
  return openWaits(run).some(({ waitsFor }) => waitsFor === 'people');
}

/** What the state of a run is called: it says that people are waited for, or what they or nobody decided. */
export function wordOfRun(run: Pick<Run, 'state' | 'waits' | 'phase'>): string {
  const approvals = run.waits.filter(({ approval }) => approval);
  const last = approvals[approvals.length - 1]?.state;
  if (
    run.state === 'cancelled' &&
    (last === 'rejected' || last === 'expired')
  ) {
    return last === 'rejected' ? 'rejected' : 'not approved in time';
  }
  if (run.state === 'waiting' && waitsForPeople(run)) {
    return 'waiting for approval';
  }
  return run.state === 'failed' && run.phase === 'undo'
    ? 'undo failed'
    : wordOf(run.state);
}
