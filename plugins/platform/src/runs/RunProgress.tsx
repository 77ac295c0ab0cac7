import { Text } from '@backstage/ui';
import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';
import styles from './RunProgress.module.css';

/** How far a run has come: a bar and the step it is at; nothing once it has ended. */
export function RunProgress(props: { run: Run }) {
  const { run } = props;
  const { steps } = run;
  if (isFinalRunState(run.state) || steps.length === 0) {
    return undefined;
  }
  const done = steps.filter(step =>
    ['succeeded', 'skipped'].includes(step.state),
  ).length;
  const current = steps.find(step => step.state === 'running');
  return (
    <div className={styles.progress}>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={`Progress of ${run.title}`}
        aria-valuemin={0}
        aria-valuemax={steps.length}
        aria-valuenow={done}
      >
        <div style={{ width: `${(done / steps.length) * 100}%` }} />
      </div>
      <Text as="div" variant="body-x-small" color="secondary">
        {current?.title ?? 'Waiting'}, {Math.min(done + 1, steps.length)} of{' '}
        {steps.length}
      </Text>
    </div>
  );
}
