import { Text } from '@backstage/ui';
import type { CommitFile } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { Panel } from '@slipway/plugin-platform-react';
import styles from './CommitPage.module.css';
import { Diff } from './Diff';

/** What was changed in a file. */
export function FileChange(props: {
  file: CommitFile;
  /** What is said below a line of the file as it is now. */
  below?(line: number): ReactNode;
  /** Somebody wants to say something about a line. */
  onPick?(line: number): void;
}) {
  const { file, below, onPick } = props;
  const { path, change, additions, deletions, patch } = file;
  return (
    <Panel
      title={path}
      aside={
        <>
          {change !== 'modified' && `${change} · `}
          <Counts additions={additions} deletions={deletions} />
        </>
      }
    >
      {patch ? (
        <Diff path={path} patch={patch} below={below} onPick={onPick} />
      ) : (
        <Text variant="body-small" color="secondary">
          {change === 'renamed' && additions + deletions === 0
            ? 'Renamed without a change.'
            : 'Binary or too large to show.'}
        </Text>
      )}
    </Panel>
  );
}

/** How many files were changed, and how much in them. */
export function ChangeSummary({ files }: { files: CommitFile[] }) {
  return (
    <Text as="p" variant="body-small" color="secondary">
      {files.length} {files.length === 1 ? 'file' : 'files'} changed:{' '}
      <Counts
        additions={sum(files.map(file => file.additions))}
        deletions={sum(files.map(file => file.deletions))}
      />
    </Text>
  );
}

function Counts(props: { additions: number; deletions: number }) {
  const { additions, deletions } = props;
  return (
    <>
      <span className={styles.added} aria-label={`${additions} lines added`}>
        +{additions}
      </span>{' '}
      <span
        className={styles.removed}
        aria-label={`${deletions} lines removed`}
      >
        -{deletions}
      </span>
    </>
  );
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
