import type { Run, RunStep } from '@slipway/plugin-platform-common';

/** What can be done with a run. */
export type RunAction = 'start' | 'cancel' | 'retry' | 'undo' | 'give-up';

/** What can be done with a run in its state, the most likely last; the server decides whether it may be done. */
export function actionsFor(run: Run): RunAction[] {
  switch (run.state) {
    case 'planned':
      return ['cancel', 'start'];
    case 'waiting':
    case 'queued':
    case 'running':
      // Half an undo helps nobody: once it has begun, it goes on to its end.
      return run.steps.some(({ undoes, attempt }) => undoes && attempt > 0)
        ? []
        : ['cancel'];
    case 'failed':
    case 'cancelled':
      if (run.givenUp) {
        return [];
      }
      return run.phase === 'do' && stepsToUndo(run).length > 0
        ? ['give-up', 'undo', 'retry']
        : ['give-up', 'retry'];
    default:
      return [];
  }
}

/** The steps that an undo would take back, in its order. */
export function stepsToUndo({ steps }: Run): RunStep[] {
  return steps
    .filter(({ undoable, attempt }) => undoable && attempt > 0)
    .reverse();
}
