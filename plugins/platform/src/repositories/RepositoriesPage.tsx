import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link, SearchField, Text } from '@backstage/ui';
import type { Repository } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
  Panel,
  PersonName,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import { usePlatformLinks } from '../routes';
import styles from './RepositoriesPage.module.css';

/** All repositories on the forge. */
export function RepositoriesPage() {
  const platformApi = useApi(platformApiRef);
  const [text, setText] = useState('');
  const live = useLive({
    key: 'repositories',
    matches: signal => signal.type === 'repository',
    query: options => platformApi.listRepositories(options),
  });
  return (
    <PageFrame
      title="Repositories"
      subtitle="The code of every service"
      actions={
        <SearchField
          aria-label="Find a repository"
          placeholder="Find a repository"
          size="small"
          value={text}
          onChange={setText}
        />
      }
    >
      <Panel title="By name">
        <LiveView live={live} what="the repositories">
          {repositories => (
            <RepositoryList repositories={repositories} text={text} />
          )}
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function RepositoryList(props: { repositories: Repository[]; text: string }) {
  const { repositories, text } = props;
  const wanted = text.trim().toLocaleLowerCase('en-US');
  const shown = repositories
    .filter(({ name, description }) =>
      `${name} ${description}`.toLocaleLowerCase('en-US').includes(wanted),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
  if (repositories.length === 0) {
    return (
      <EmptyNotice title="No repositories yet">
        Each service you create gets one.
        <ButtonLink variant="primary" size="small" href="/create">
          Create a service
        </ButtonLink>
      </EmptyNotice>
    );
  }
  if (shown.length === 0) {
    return <EmptyNotice title={`No repository matches "${text}"`} />;
  }
  return (
    <ul className={styles.list}>
      {shown.map(repository => (
        <RepositoryRow key={repository.name} repository={repository} />
      ))}
    </ul>
  );
}

function RepositoryRow({ repository }: { repository: Repository }) {
  const links = usePlatformLinks();
  const { name, description, owner, head } = repository;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link href={links.repository(name)} weight="bold" standalone>
          {name}
        </Link>
        <Text as="div" variant="body-small" color="secondary">
          {description}
        </Text>
      </div>
      <div className={styles.owner}>
        <PersonName entityRef={owner} />
      </div>
      <div className={styles.commit}>
        {head ? (
          <CommitLine commit={head} repository={name} />
        ) : (
          <Text variant="body-small" color="secondary">
            no commits yet
          </Text>
        )}
      </div>
    </li>
  );
}
