import type { MergeRequestDetail } from '@slipway/plugin-platform-common';
import { Panel } from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import styles from './merge-requests.module.css';

/** What it would bring, commit by commit. */
export function CommitsPanel(props: { mergeRequest: MergeRequestDetail }) {
  const { commits, repository } = props.mergeRequest;
  return (
    <Panel title="Commits" aside={commits.length}>
      <ul className={styles.list}>
        {commits.map(commit => (
          <li key={commit.sha} className={styles.row}>
            <CommitLine commit={commit} repository={repository} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
