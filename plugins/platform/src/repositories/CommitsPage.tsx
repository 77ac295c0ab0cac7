import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Link, Text } from '@backstage/ui';
import type {
  CommitSummary,
  Pipeline,
  Repository,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  Sha,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './CommitsPage.module.css';
import { CommitStatus } from './CommitStatus';
import { RepositoryFrame } from './RepositoryFrame';
import { usePipelinesByCommit } from './usePipelinesByCommit';

const PAGE_SIZE = 30;

/** The commits of a repository's default branch, newest first. */
export function CommitsPage() {
  return (
    <RepositoryFrame>
      {repository => <Commits repository={repository} />}
    </RepositoryFrame>
  );
}

function Commits({ repository }: { repository: Repository }) {
  const { name, defaultBranch } = repository;
  const platformApi = useApi(platformApiRef);
  const [limit, setLimit] = useState(PAGE_SIZE);
  const pipelines = usePipelinesByCommit(name);
  const live = useLive({
    key: name,
    matches: signal =>
      signal.type === 'repository' && signal.repository === name,
    query: options =>
      repository.head
        ? platformApi.listCommits(name, defaultBranch, {
            ...options,
            limit: limit + 1,
          })
        : Promise.resolve([]),
  });
  return (
    <Panel title={`Commits on ${defaultBranch}`}>
      <LiveView live={live} what="the commits">
        {commits =>
          commits.length === 0 ? (
            <EmptyNotice title="No commits yet">
              Push one to {defaultBranch} and it shows up here.
            </EmptyNotice>
          ) : (
            <>
              <ul className={styles.list}>
                {commits.slice(0, limit).map(commit => (
                  <CommitRow
                    key={commit.sha}
                    commit={commit}
                    repository={name}
                    pipeline={pipelines.get(commit.sha)}
                  />
                ))}
              </ul>
              {commits.length > limit && (
                <Flex justify="center" mt="3">
                  <Button
                    variant="secondary"
                    onPress={() => {
                      setLimit(limit + PAGE_SIZE);
                      live.refresh();
                    }}
                  >
                    Show more
                  </Button>
                </Flex>
              )}
            </>
          )
        }
      </LiveView>
    </Panel>
  );
}

function CommitRow(props: {
  commit: CommitSummary;
  repository: string;
  pipeline: Pipeline | undefined;
}) {
  const { commit, repository, pipeline } = props;
  const links = usePlatformLinks();
  return (
    <li className={styles.row}>
      <Link
        href={links.commit(repository, commit.sha)}
        weight="bold"
        standalone
      >
        {commit.title}
      </Link>
      <Text variant="body-small" color="secondary">
        {commit.authorName}, <TimeAgo at={commit.authoredAt} />
      </Text>
      <CommitStatus pipeline={pipeline} />
      <Sha sha={commit.sha} />
    </li>
  );
}
