import { Link, Text } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  LiveView,
  Panel,
  PersonName,
  Sha,
  StateBadge,
  TimeAgo,
} from '../components';
import type { Live } from '../live';
import { usePlatformLinks } from '../routes';
import styles from './DeploymentHistory.module.css';

/** What was deployed where, by whom, and how it went; newest first. */
export function DeploymentHistory(props: {
  live: Live<Deployment[]>;
  service: string;
}) {
  const { live, service } = props;
  const links = usePlatformLinks();
  return (
    <Panel title="History">
      <LiveView live={live} what="the history">
        {deployments =>
          deployments.length === 0 ? (
            <EmptyNotice title="Nothing was deployed yet">
              <span>
                Push to{' '}
                <Link href={links.repository(service)}>the repository</Link>:
                what its pipeline builds is deployed by itself.
              </span>
            </EmptyNotice>
          ) : (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Release</th>
                  <th scope="col">Environment</th>
                  <th scope="col">State</th>
                  <th scope="col">Change</th>
                  <th scope="col">Asked by</th>
                  <th scope="col">When</th>
                </tr>
              </thead>
              <tbody>
                {deployments.map(deployment => (
                  <HistoryRow key={deployment.id} deployment={deployment} />
                ))}
              </tbody>
            </table>
          )
        }
      </LiveView>
    </Panel>
  );
}

function HistoryRow({ deployment }: { deployment: Deployment }) {
  const links = usePlatformLinks();
  const { release, failure } = deployment;
  return (
    <tr>
      <th scope="row">
        <Link href={links.run(deployment.runId)} weight="bold" standalone>
          v{release.number}
        </Link>{' '}
        <Sha sha={release.commit.sha} />
      </th>
      <td>{deployment.environment}</td>
      <td>
        <StateBadge
          state={deployment.state}
          label={deployment.state === 'pending' ? 'not started' : undefined}
        />
      </td>
      <td className={styles.change}>
        {release.commit.title}
        {failure && (
          <Text as="div" variant="body-small" color="danger">
            {failure.message}
          </Text>
        )}
      </td>
      <td>
        <PersonName entityRef={deployment.requestedBy} />
      </td>
      <td>
        <TimeAgo at={deployment.createdAt} />
      </td>
    </tr>
  );
}
