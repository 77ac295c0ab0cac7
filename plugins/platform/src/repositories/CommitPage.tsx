import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { CommitDetail, CommitFile } from '@slipway/plugin-platform-common';
import { useParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import {
  CopyButton,
  LiveView,
  PageFrame,
  Panel,
  Sha,
  TimeAgo,
} from '../components';
import { useLive } from '../live';
import { usePlatformLinks } from '../routes';
import styles from './CommitPage.module.css';
import { CommitStatus } from './CommitStatus';
import { Diff } from './Diff';
import { usePipelinesByCommit } from './usePipelinesByCommit';

/** A commit: who changed what, and why. */
export function CommitPage() {
  const { repository = '', sha = '' } = useParams();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const live = useLive({
    key: `${repository}/${sha}`,
    matches: () => false,
    query: options => platformApi.getCommit(repository, sha, options),
  });
  const commit = live.data;
  const pipelines = usePipelinesByCommit(repository);
  return (
    <PageFrame
      title={commit?.title ?? 'Commit'}
      crumbs={[
        { label: 'Repositories', href: links.repositories() },
        { label: repository, href: links.repository(repository) },
        { label: 'Commits', href: links.commits(repository) },
      ]}
      badge={<CommitStatus pipeline={pipelines.get(sha)} />}
      subtitle={
        commit && (
          <>
            by {commit.authorName}, <TimeAgo at={commit.authoredAt} />
            {' · '}
            <Sha sha={commit.sha} />
          </>
        )
      }
      actions={<CopyButton text={sha} label="Copy hash" />}
    >
      <LiveView live={live} what="the commit">
        {data => <Changes commit={data} />}
      </LiveView>
    </PageFrame>
  );
}

function Changes({ commit }: { commit: CommitDetail }) {
  const { message, title, files } = commit;
  const body = message.slice(title.length).trim();
  const additions = sum(files.map(file => file.additions));
  const deletions = sum(files.map(file => file.deletions));
  return (
    <>
      {body && <p className={styles.body}>{body}</p>}
      <Text as="p" variant="body-small" color="secondary">
        {files.length} {files.length === 1 ? 'file' : 'files'} changed:{' '}
        <Counts additions={additions} deletions={deletions} />
      </Text>
      {files.map(file => (
        <FileChange key={file.path} file={file} />
      ))}
    </>
  );
}

function FileChange({ file }: { file: CommitFile }) {
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
        <Diff path={path} patch={patch} />
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
