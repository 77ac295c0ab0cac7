import { Link, Text } from '@backstage/ui';
import type { Repository } from '@slipway/plugin-platform-common';
import {
  CopyField,
  EmptyNotice,
  LiveView,
  Panel,
} from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import { useServiceName, useServiceOverview } from '../entity';
import { usePlatformLinks } from '../routes';
import styles from './overview.module.css';

/** Where a service's code lies, and how to change it. */
export function RepositoryCard() {
  const service = useServiceName();
  const overview = useServiceOverview(service);
  return (
    <Panel title="Repository">
      <LiveView live={overview} what="the repository">
        {({ repository }) =>
          repository ? (
            <RepositoryFacts repository={repository} />
          ) : (
            <EmptyNotice title="No repository">
              This service was registered without one.
            </EmptyNotice>
          )
        }
      </LiveView>
    </Panel>
  );
}

function RepositoryFacts({ repository }: { repository: Repository }) {
  const links = usePlatformLinks();
  const { name, cloneUrl, defaultBranch, head } = repository;
  return (
    <div className={styles.stack}>
      <CopyField text={cloneUrl} label="clone address" />
      {head && <CommitLine commit={head} repository={name} />}
      <Text as="div" variant="body-small">
        <Link href={links.repository(name)}>Code</Link>
        {' · '}
        <Link href={links.commits(name)}>Commits</Link>
      </Text>
      <Text as="div" variant="body-small" color="secondary">
        Push to {defaultBranch} and it is built and deployed. To push you need
        an <Link href={links.accessTokens()}>access token</Link> as the
        password.
      </Text>
    </div>
  );
}
