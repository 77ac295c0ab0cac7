import { useApi } from '@backstage/frontend-plugin-api';
import type { CommitDetail } from '@slipway/plugin-platform-common';
import { useParams } from 'react-router-dom';
import {
  CopyButton,
  LiveView,
  PageFrame,
  platformApiRef,
  Sha,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './CommitPage.module.css';
import { CommitStatus } from './CommitStatus';
import { ChangeSummary, FileChange } from './FileChange';
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
  return (
    <>
      {body && <p className={styles.body}>{body}</p>}
      <ChangeSummary files={files} />
      {files.map(file => (
        <FileChange key={file.path} file={file} />
      ))}
    </>
  );
}
