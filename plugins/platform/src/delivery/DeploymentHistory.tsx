import { Link, Text } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import {
  DataTable,
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

const COLUMNS = [
  'Release',
  'Environment',
  'State',
  'Change',
  'Asked by',
  'When',
];

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
            <DataTable columns={COLUMNS}>
              {deployments.map(deployment => (
                <HistoryRow key={deployment.id} deployment={deployment} />
              ))}
            </DataTable>
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
      <td data-wide>
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
