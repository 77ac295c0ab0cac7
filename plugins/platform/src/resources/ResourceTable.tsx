import { Link, Text } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import { DataTable, EntityLink, StateBadge, TimeLeft } from '../components';
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
  const { id, name, type, environment, owner, expiresAt, failure } = resource;
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
      <td data-label="drift">
        <DriftBadge resource={resource} />
      </td>
      <td data-label="expires">
        {expiresAt ? <TimeLeft until={expiresAt} /> : 'never'}
      </td>
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
