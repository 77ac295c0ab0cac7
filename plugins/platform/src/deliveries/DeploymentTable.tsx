import { Link, Text } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import {
  DataTable,
  PersonName,
  Sha,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { causeOf } from '../delivery/causeOf';
import { usePlatformLinks } from '../routes';

const COLUMNS = ['Environment', 'State', 'Change', 'Asked by', 'When'];

/** Deployments: which release went where, why, by whom, and how it went. */
export function DeploymentTable(props: {
  deployments: Deployment[];
  /** Whether they are of more than one service. */
  showService?: boolean;
}) {
  const { deployments, showService = false } = props;
  return (
    <DataTable
      columns={[...(showService ? ['Service'] : []), 'Release', ...COLUMNS]}
    >
      {deployments.map(deployment => (
        <DeploymentRow
          key={deployment.id}
          deployment={deployment}
          showService={showService}
        />
      ))}
    </DataTable>
  );
}

function DeploymentRow(props: {
  deployment: Deployment;
  showService: boolean;
}) {
  const { deployment, showService } = props;
  const links = usePlatformLinks();
  const { service, release, failure, state } = deployment;
  const cause = causeOf(deployment);
  const name = (
    <>
      <Link
        href={links.release(service, release.number)}
        weight="bold"
        standalone
      >
        v{release.number}
      </Link>{' '}
      <Sha sha={release.commit.sha} />
    </>
  );
  return (
    <tr>
      {showService ? (
        <>
          <th scope="row">
            <Link href={links.service(service, 'delivery')} standalone>
              {service}
            </Link>
          </th>
          <td>{name}</td>
        </>
      ) : (
        <th scope="row">{name}</th>
      )}
      <td>{deployment.environment}</td>
      <td>
        <Link
          href={links.run(deployment.runId)}
          aria-label={`Run of v${release.number} in ${deployment.environment}: ${state}`}
          standalone
        >
          <StateBadge
            state={state}
            label={state === 'pending' ? 'not started' : undefined}
          />
        </Link>
      </td>
      <td data-wide>
        {release.commit.title}
        {cause && (
          <Text as="div" variant="body-small" color="secondary">
            {cause}
          </Text>
        )}
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
