import type { RunStep, RunWait } from '@slipway/plugin-platform-common';
import {
  Elapsed,
  keyboardScroll,
  StateBadge,
} from '@slipway/plugin-platform-react';
import { layerSteps } from './layerSteps';
import styles from './StepGraph.module.css';

/** The steps of a run from left to right; those that may go side by side stand above each other. */
export function StepGraph(props: {
  /** What the steps are part of, for screen readers. */
  label: string;
  steps: RunStep[];
  /** What steps wait for, and what they have waited for. */
  waits: RunWait[];
}) {
  const { label, steps, waits } = props;
  const columns = layerSteps(steps);
  return (
    <div
      className={styles.viewport}
      role="group"
      aria-label={label}
      {...keyboardScroll}
    >
      <ol className={styles.graph}>
        {columns.map(column => (
          <li
            key={column[0].id}
            className={styles.column}
            data-state={columnState(column)}
            data-parallel={column.length > 1}
          >
            <div className={styles.steps}>
              {column.map(step => (
                <Step
                  key={step.id}
                  step={step}
                  waits={waits.filter(({ stepId }) => stepId === step.id)}
                />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Step({ step, waits }: { step: RunStep; waits: RunWait[] }) {
  const isUnderWay = ['running', 'waiting'].includes(step.state);
  const wait = waits.find(({ state }) => state === 'open');
  // Going on after a wait is not another attempt.
  const attempt =
    step.attempt -
    waits.filter(({ state }) => ['resumed', 'expired'].includes(state)).length;
  return (
    <div className={styles.step} data-state={step.state}>
      <StateBadge state={step.state} />
      <span className={styles.title}>{step.title}</span>
      <span className={styles.detail}>
        {step.startedAt && (step.endedAt || isUnderWay) && (
          <Elapsed from={step.startedAt} to={step.endedAt} />
        )}
        {attempt > 1 && ` · attempt ${attempt}`}
        {wait && (
          <span className={styles.reason}>
            {wait.approval?.approversText ?? wait.reason}
          </span>
        )}
      </span>
    </div>
  );
}

function columnState(column: RunStep[]): string {
  const some = (state: RunStep['state']) =>
    column.some(step => step.state === state);
  if (column.every(({ state }) => ['succeeded', 'skipped'].includes(state))) {
    return 'done';
  }
  if (some('failed')) {
    return 'failed';
  }
  if (some('running')) {
    return 'running';
  }
  return some('waiting') ? 'waiting' : 'next';
}
