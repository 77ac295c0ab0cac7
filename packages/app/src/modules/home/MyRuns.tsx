import { Link } from '@backstage/ui';
import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';
import type { PlatformData } from '../live';
import { formatDuration } from './formatDuration';
import { Panel } from './Panel';
import { StatusDot } from './StatusDot';
import styles from './HomePage.module.css';

/** My newest runs; those under way show how far they are. */
export function MyRuns({ runs }: { runs: PlatformData<Run[]> }) {
  return (
    <Panel
      title="My runs"
      aside={
        <Link href="/runs" standalone color="secondary">
          All runs
        </Link>
      }
      data={runs}
    >
      {items =>
        items.length === 0 ? (
          <p className={styles.empty}>
            Nothing has run for you yet. Creating a service or pushing a change
            starts the first run.
          </p>
        ) : (
          <ul className={styles.runs}>
            {items.map(run => (
              <RunItem key={run.id} run={run} />
            ))}
          </ul>
        )
      }
    </Panel>
  );
}

function RunItem({ run }: { run: Run }) {
  return (
    <li>
      <div className={styles.run}>
        <StatusDot state={run.state} />
        <Link
          href={`/runs/${run.id}`}
          standalone
          truncate
          className={styles.runTitle}
        >
          {run.title}
        </Link>
        <span className={styles.runNote}>{describeProgress(run)}</span>
      </div>
      {!isFinalRunState(run.state) && !run.queue && <Progress run={run} />}
    </li>
  );
}

function Progress({ run }: { run: Run }) {
  const done = countDone(run);
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={run.title}
      aria-valuemin={0}
      aria-valuemax={run.steps.length}
      aria-valuenow={done}
    >
      <span style={{ width: `${(done / (run.steps.length || 1)) * 100}%` }} />
    </div>
  );
}

function countDone(run: Run): number {
  return run.steps.filter(step => ['succeeded', 'skipped'].includes(step.state))
    .length;
}

function describeProgress(run: Run): string {
  if (run.queue) {
    return `place ${run.queue.place} in the queue`;
  }
  if (run.state === 'running' && run.steps.length > 0) {
    const step = Math.min(countDone(run) + 1, run.steps.length);
    return `step ${step} of ${run.steps.length}`;
  }
  if (run.state === 'succeeded' && run.endedAt) {
    const took = Date.parse(run.endedAt) - Date.parse(run.createdAt);
    return formatDuration(took);
  }
  return run.state;
}
