import type { Run } from '@slipway/plugin-platform-common';
import { RunRow } from './RunRow';
import styles from './RunsPage.module.css';

/** Runs, a row for each. */
export function RunList(props: { runs: Run[] }) {
  return (
    <ul className={styles.list}>
      {props.runs.map(run => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}
