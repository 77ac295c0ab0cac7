import type {
  Failure,
  RunState,
  StepState,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';

interface SettleStep {
  step_id: string;
  depends_on: string[];
  state: StepState;
  output: JsonObject | null;
  failure: Failure | null;
}

/** What follows for a run from the states of its steps. */
export interface Settlement {
  /** Steps that change state without being executed. */
  steps: Array<{ stepId: string; state: 'queued' | 'skipped' | 'cancelled' }>;
  /** The state the run ends in; missing while it goes on. */
  end?: {
    state: Extract<RunState, 'succeeded' | 'failed' | 'cancelled'>;
    output?: JsonObject;
    failure?: Failure;
  };
}

/**
 * The rule of a run, as a function of what is stored: which steps may start now, which never will, and
 * whether the run has ended. A running step is always waited for, so that nothing goes on behind an ended run.
 */
export function settleRun(state: RunState, steps: SettleStep[]): Settlement {
  const open = steps.filter(
    step => step.state === 'pending' || step.state === 'queued',
  );
  const running = steps.some(step => step.state === 'running');
  const failed = steps.find(step => step.state === 'failed');

  if (state === 'cancelling') {
    return {
      steps: open.map(step => ({ stepId: step.step_id, state: 'cancelled' })),
      end: running ? undefined : { state: 'cancelled' },
    };
  }
  if (failed) {
    return {
      steps: open.map(step => ({ stepId: step.step_id, state: 'skipped' })),
      end: running
        ? undefined
        : { state: 'failed', failure: failed.failure ?? undefined },
    };
  }
  if (steps.every(step => step.state === 'succeeded')) {
    const output = Object.assign({}, ...steps.map(step => step.output ?? {}));
    return { steps: [], end: { state: 'succeeded', output } };
  }
  const done = new Set(
    steps.filter(step => step.state === 'succeeded').map(step => step.step_id),
  );
  return {
    steps: steps
      .filter(step => step.state === 'pending')
      .filter(step => step.depends_on.every(id => done.has(id)))
      .map(step => ({ stepId: step.step_id, state: 'queued' })),
  };
}
