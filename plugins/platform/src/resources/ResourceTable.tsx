import { Link, Text } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import {
  DataTable,
  EntityLink,
  StateBadge,
  TimeLeft,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { DriftBadge } from './DriftBadge';
import { badgeOf } from './resourceStates';
import { ServiceLinks } from './ServiceLinks';

const COLUMNS = [
  'Name',
  'Type',
  'Environment',
  'Owner',
  'Used by',
  'State',
  'Drift',
  'Expires',
];

/** Resources, a line for each: what, where, whose, who uses it, and how it stands. */
export function ResourceTable(props: { resources: Resource[] }) {
  return (
    <DataTable columns={COLUMNS} label="Resources">
      {props.resources.map(resource => (
        <ResourceRow key={resource.id} resource={resource} />
      ))}
    </DataTable>
  );
}

function ResourceRow({ resource }: { resource: Resource }) {
  const links = usePlatformLinks();
  const { id, name, type, environment, owner, failure, warning } = resource;
  return (
    <tr>
      <th scope="row" data-wide>
        <Link href={links.resource(id)} weight="bold" standalone>
          {name}
        </Link>
        {failure && (
          <Text as="div" variant="body-small" color="danger">
            {failure.message}
          </Text>
        )}
        {warning && (
          <Text as="div" variant="body-small" color="warning">
            {warning}
          </Text>
        )}
      </th>
      <td>
        {type} {resource.class}
      </td>
      <td data-label="in">{environment}</td>
      <td data-label="of">
        <EntityLink entityRef={owner} />
      </td>
      <UsedBy resource={resource} />
      <td>
        <StateBadge {...badgeOf(resource)} />
      </td>
      <td>
        <DriftBadge resource={resource} />
      </td>
      <Ends resource={resource} />
    </tr>
  );
}

function UsedBy({ resource: { connections } }: { resource: Resource }) {
  return connections.length === 0 ? (
    <td />
  ) : (
    <td data-label="used by">
      <ServiceLinks services={connections.map(({ service }) => service)} />
    </td>
  );
}

/** When it goes by itself; what was deleted goes for good then. */
function Ends({ resource }: { resource: Resource }) {
  const { state, expiresAt, purgeAt } = resource;
  if (state === 'destroyed') {
    return <td />;
  }
  return state === 'deleted' && purgeAt ? (
    <td>
      purged <TimeLeft until={purgeAt} />
    </td>
  ) : (
    <td data-label="expires">
      {expiresAt ? <TimeLeft until={expiresAt} /> : 'never'}
    </td>
  );
}
