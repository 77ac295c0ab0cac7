import { Link, Text } from '@backstage/ui';
import type { ConfigurationVersion } from '@slipway/plugin-platform-common';
import {
  DataTable,
  EmptyNotice,
  Panel,
  PersonName,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { ConfigurationChanges } from './ConfigurationChanges';
import { usePlatformLinks } from '../routes';

/** Who changed what, and when; the newest first. */
export function ConfigurationHistory(props: {
  history: ConfigurationVersion[];
}) {
  const { history } = props;
  const links = usePlatformLinks();
  return (
    <Panel title="History">
      {history.length === 0 ? (
        <EmptyNotice title="Nothing was changed yet">
          Each change makes a version, with who made it and why.
        </EmptyNotice>
      ) : (
        <DataTable columns={['Version', 'Change', 'By', 'When']}>
          {history.map(version => (
            <tr key={version.version}>
              <th scope="row">
                <Link href={links.run(version.runId)} standalone>
                  c{version.version}
                </Link>
              </th>
              <td data-wide>
                <ConfigurationChanges changes={version.changes} />
                {version.reason && (
                  <Text as="div" variant="body-small" color="secondary">
                    {version.reason}
                  </Text>
                )}
              </td>
              <td>
                <PersonName entityRef={version.changedBy} />
              </td>
              <td>
                <TimeAgo at={version.changedAt} />
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </Panel>
  );
}
