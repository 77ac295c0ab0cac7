import type {
  Failure,
  RunActivity,
  RunState,
  StepState,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';

/** What the rule needs to know of a step. */
export interface SettleStep {
  step_id: string;
  depends_on: string[];
  state: StepState;
  output: JsonObject | null;
  failure: Failure | null;
  waits_for: 'people' | 'machines' | null;
  /** Whether the step may start only later, to be tried again. */
  delayed: boolean;
}

/** What follows for a run from the states of its steps. */
export interface Settlement {
  /** Steps that change state without being executed. */
  steps: Array<{ stepId: string; state: 'queued' | 'skipped' | 'cancelled' }>;
  /** The state the run is in now. */
  state: RunState;
  activity: RunActivity | 'none';
  /** Whether the run has ended, and with what. */
  end?: { output?: JsonObject; failure?: Failure };
}

/**
 * The rule of a run, as a function of what is stored: which steps of its phase may start now, which never will, and
 * whether the run has ended. A running step is always waited for, so that nothing goes on behind an ended run.
 * `blocked`: the whole run waits for approval, so no further step may start.
 */
export function settleRun(
  run: { state: RunState; phase: 'do' | 'undo' },
  steps: SettleStep[],
  blocked = false,
): Settlement {
  const open = steps.filter(({ state }) =>
    ['pending', 'queued', 'waiting'].includes(state),
  );
  const running = steps.some(({ state }) => state === 'running');
  const failed = steps.find(({ state }) => state === 'failed');
  const give = (state: 'skipped' | 'cancelled') =>
    open.map(step => ({ stepId: step.step_id, state }));
  const ending = (
    state: RunState,
    change: Settlement['steps'],
    end: NonNullable<Settlement['end']>,
  ): Settlement =>
    running
      ? { steps: change, state: run.state, activity: 'work' }
      : { steps: change, state, activity: 'none', end };

  if (run.state === 'cancelling') {
    return ending('cancelled', give('cancelled'), {});
  }
  if (failed) {
    return ending('failed', give('skipped'), {
      failure: failed.failure ?? undefined,
    });
  }
  if (steps.every(({ state }) => state === 'succeeded')) {
    return run.phase === 'undo'
      ? ending('undone', [], {})
      : ending('succeeded', [], { output: outputOf(steps) });
  }
  const active = run.phase === 'undo' ? 'undoing' : 'running';
  if (blocked) {
    return {
      steps: [],
      state: 'waiting',
      activity: running ? 'work' : 'people',
    };
  }
  const done = new Set(
    steps.filter(step => step.state === 'succeeded').map(step => step.step_id),
  );
  const starting = steps
    .filter(step => step.state === 'pending')
    .filter(step => step.depends_on.every(id => done.has(id)));
  const queued = steps.filter(({ state }) => state === 'queued');
  const busy =
    running || starting.length > 0 || queued.some(({ delayed }) => !delayed);
  const waits = steps.filter(({ state }) => state === 'waiting');
  const forPeople = waits.some(step => step.waits_for === 'people');
  return {
    steps: starting.map(step => ({ stepId: step.step_id, state: 'queued' })),
    state:
      !busy && queued.length === 0 && run.phase === 'do' ? 'waiting' : active,
    activity: activityOf(busy, forPeople && queued.length === 0),
  };
}

function activityOf(busy: boolean, forPeople: boolean): RunActivity {
  if (busy) {
    return 'work';
  }
  return forPeople ? 'people' : 'machines';
}

function outputOf(steps: SettleStep[]): JsonObject {
  return Object.assign({}, ...steps.map(step => step.output ?? {}));
}
