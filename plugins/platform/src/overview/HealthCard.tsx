import { Link, Text } from '@backstage/ui';
import type {
  ServiceEnvironment,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import {
  LiveView,
  Panel,
  Sha,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { UnderWay } from '../delivery/UnderWay';
import { useServiceName, useServiceOverview } from '../entity';
import { usePlatformLinks } from '../routes';
import styles from './overview.module.css';

/** Where a service answers, how well it does, and what is going on with it. */
export function HealthCard() {
  const service = useServiceName();
  const overview = useServiceOverview(service);
  return (
    <Panel title="Health">
      <LiveView live={overview} what="the health">
        {data => <Health overview={data} />}
      </LiveView>
    </Panel>
  );
}

function Health({ overview }: { overview: ServiceOverview }) {
  const links = usePlatformLinks();
  const { service, environments, latestPipeline, activeRuns } = overview;
  return (
    <>
      <ul className={styles.list}>
        {environments.map(state => (
          <EnvironmentRow key={state.environment.name} state={state} />
        ))}
        <li className={styles.row}>
          <span className={styles.name}>Pipeline</span>
          {latestPipeline ? (
            <>
              <StateBadge state={latestPipeline.state} />
              <span className={styles.detail}>
                <Link href={links.run(latestPipeline.runId)} standalone>
                  {latestPipeline.commit.title}
                </Link>{' '}
                <TimeAgo at={latestPipeline.createdAt} />
              </span>
            </>
          ) : (
            <Text color="secondary">
              none yet:{' '}
              <Link href={links.repository(service)}>push a commit</Link>
            </Text>
          )}
        </li>
      </ul>
      {activeRuns.map(run => (
        <UnderWay key={run.id} run={run} />
      ))}
    </>
  );
}

function EnvironmentRow({ state }: { state: ServiceEnvironment }) {
  const { environment, status, serving } = state;
  const url = status.url ?? serving?.url;
  return (
    <li className={styles.row}>
      <span className={styles.name}>{environment.title}</span>
      {serving ? (
        <>
          <StateBadge state={status.health} dot />
          <span className={styles.detail}>
            {url && (
              <Link href={url} target="_blank" rel="noopener">
                {url.replace(/^https?:\/\//, '')}
              </Link>
            )}{' '}
            v{serving.release.number} <Sha sha={serving.release.commit.sha} />
          </span>
        </>
      ) : (
        <Text color="secondary">nothing deployed</Text>
      )}
    </li>
  );
}
