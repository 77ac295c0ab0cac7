import { useApi } from '@backstage/frontend-plugin-api';
import { Text, ButtonLink } from '@backstage/ui';
import type { Repository } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { NavLink, useParams } from 'react-router-dom';
import {
  CopyField,
  LiveView,
  PageFrame,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './RepositoryFrame.module.css';

/** The page of a repository: what it is, how to clone it, and one of its views. */
export function RepositoryFrame(props: {
  children(repository: Repository): ReactNode;
}) {
  const { repository: name = '' } = useParams();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const live = useLive({
    key: name,
    matches: signal =>
      signal.type === 'repository' && signal.repository === name,
    query: options => platformApi.getRepository(name, options),
  });
  const base = links.repository(name) ?? '';
  return (
    <PageFrame
      title={name}
      crumbs={[{ label: 'Repositories', href: links.repositories() }]}
      subtitle={live.data?.description}
      actions={
        <ButtonLink variant="secondary" href={links.service(name)}>
          Open service
        </ButtonLink>
      }
    >
      {live.data && (
        <div className={styles.clone}>
          <Text variant="body-small" color="secondary">
            Clone
          </Text>
          <CopyField text={live.data.cloneUrl} label="clone address" />
        </div>
      )}
      <nav className={styles.tabs} aria-label="Repository">
        <NavLink to={`${base}/code`}>Code</NavLink>
        <NavLink to={`${base}/commits`}>Commits</NavLink>
        <NavLink to={`${base}/merge-requests`}>Merge requests</NavLink>
      </nav>
      <LiveView live={live} what="the repository">
        {props.children}
      </LiveView>
    </PageFrame>
  );
}
