import type { PlannedCommits } from '@slipway/plugin-platform-common';
import { CommitLine } from '../commits';
import styles from './decisions.module.css';

/** How many are shown before a click. */
const SHOWN = 5;

/** The commits that a change brings or takes back; the first few, and the others on demand. */
export function CommitRange(props: { commits: PlannedCommits }) {
  const { direction, repository, items, total } = props.commits;
  const verb = direction === 'forward' ? 'Brings' : 'Takes back';
  const first = items.slice(0, SHOWN);
  const others = items.slice(SHOWN);
  const unnamed = total - items.length;
  const lines = (commits: typeof items) =>
    commits.map(commit => (
      <CommitLine key={commit.sha} commit={commit} repository={repository} />
    ));
  return (
    <div className={styles.commits}>
      <span className={styles.detail}>
        {verb} {total} {total === 1 ? 'commit' : 'commits'}
      </span>
      {lines(first)}
      {others.length > 0 && (
        <details>
          <summary>{total - SHOWN} more</summary>
          {lines(others)}
          {unnamed > 0 && (
            <span className={styles.detail}>and {unnamed} before these</span>
          )}
        </details>
      )}
    </div>
  );
}
