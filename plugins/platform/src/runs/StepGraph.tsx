import type { RunStep } from '@slipway/plugin-platform-common';
import { Elapsed, StateBadge } from '../components';
import { layerSteps } from './layerSteps';
import styles from './StepGraph.module.css';

/** The steps of a run from left to right; those that may go side by side stand above each other. */
export function StepGraph(props: { steps: RunStep[] }) {
  const columns = layerSteps(props.steps);
  return (
    <ol className={styles.graph}>
      {columns.map(column => (
        <li
          key={column[0].id}
          className={styles.column}
          data-state={columnState(column)}
        >
          <div className={styles.steps}>
            {column.map(step => (
              <Step key={step.id} step={step} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { step: RunStep }) {
  return (
    <div className={styles.step} data-state={step.state}>
      <StateBadge state={step.state} />
      <span className={styles.title}>{step.title}</span>
      <span className={styles.detail}>
        {step.startedAt && (step.endedAt || step.state === 'running') && (
          <Elapsed from={step.startedAt} to={step.endedAt} />
        )}
        {step.attempt > 1 && ` · attempt ${step.attempt}`}
      </span>
    </div>
  );
}

function columnState(column: RunStep[]): string {
  if (column.every(({ state }) => ['succeeded', 'skipped'].includes(state))) {
    return 'done';
  }
  if (column.some(({ state }) => state === 'failed')) {
    return 'failed';
  }
  return column.some(({ state }) => state === 'running') ? 'running' : 'next';
}
