import { Link, Text } from '@backstage/ui';
import type { ReleaseConfiguration } from '@slipway/plugin-platform-common';
import { DataTable, Panel } from '@slipway/plugin-platform-react';
import { ConfigurationChanges } from '../configuration/ConfigurationChanges';
import { usePlatformLinks } from '../routes';

/** What a release was given in each environment, and what of that the release before it there wasn't. */
export function ConfigurationPanel(props: {
  service: string;
  configurations: ReleaseConfiguration[];
}) {
  const { service, configurations } = props;
  const links = usePlatformLinks();
  return configurations.length === 0 ? null : (
    <Panel title="Its configuration">
      <DataTable columns={['Environment', 'Version', 'Changed since before']}>
        {configurations.map(each => (
          <tr key={each.environment}>
            <th scope="row">{each.environment}</th>
            <td>
              <Link href={links.service(service, 'configuration')} standalone>
                {each.version > 0 ? `c${each.version}` : 'nothing set'}
              </Link>
            </td>
            <td data-wide>
              <Difference configuration={each} />
            </td>
          </tr>
        ))}
      </DataTable>
    </Panel>
  );
}

function Difference({
  configuration,
}: {
  configuration: ReleaseConfiguration;
}) {
  const { version, before, changes } = configuration;
  if (changes.length > 0) {
    return changes.map(change => (
      <ConfigurationChanges key={change.version} changes={change.changes} />
    ));
  }
  return (
    <Text variant="body-small" color="secondary">
      {describe(version, before)}
    </Text>
  );
}

function describe(version: number, before: number | undefined): string {
  if (before === undefined) {
    return 'Nothing ran here before.';
  }
  return before > version
    ? `Older than c${before}, which ran before.`
    : 'Nothing.';
}
