import type { Repository } from '@slipway/plugin-platform-common';
import { useParams } from 'react-router-dom';
import { EmptyNotice, Panel, Sha } from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import styles from './CodePage.module.css';
import { FileTree } from './FileTree';
import { FileView } from './FileView';
import { RepositoryFrame } from './RepositoryFrame';

/** The files of a repository's default branch. */
export function CodePage() {
  const { '*': path = '' } = useParams();
  return (
    <RepositoryFrame>
      {repository => <Code repository={repository} path={path} />}
    </RepositoryFrame>
  );
}

function Code(props: { repository: Repository; path: string }) {
  const { repository, path } = props;
  const { name, head, defaultBranch, cloneUrl } = repository;
  if (!head) {
    return (
      <EmptyNotice title="No commits yet">
        Clone it, add a commit and push to {defaultBranch}:
        <code>git clone {cloneUrl}</code>
      </EmptyNotice>
    );
  }
  return (
    <div className={styles.columns}>
      <Panel title={defaultBranch} aside={<Sha sha={head.sha} />}>
        <FileTree repository={name} sha={head.sha} path={path} />
      </Panel>
      <div className={styles.file}>
        <CommitLine commit={head} repository={name} />
        <FileView repository={name} sha={head.sha} path={path || undefined} />
      </div>
    </div>
  );
}
