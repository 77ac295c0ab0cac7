import { Link, Text } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import { Panel } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './resources.module.css';

/** The services that use a resource, each with the name it has in their score.yaml. */
export function ConnectionsPanel(props: { resource: Resource }) {
  const { connections, environment } = props.resource;
  const links = usePlatformLinks();
  return (
    <Panel title="Connected services" aside={environment}>
      {connections.length === 0 ? (
        <Text as="p" variant="body-small" color="secondary">
          No service uses it. One that names it in its score.yaml is connected
          when it is deployed.
        </Text>
      ) : (
        <ul className={styles.lines}>
          {connections.map(({ service, alias }) => (
            <li key={`${service} ${alias}`}>
              <Link
                href={links.service(service, 'infrastructure')}
                weight="bold"
                standalone
              >
                {service}
              </Link>
              <span className={styles.secondary}>
                as <code>{alias}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
