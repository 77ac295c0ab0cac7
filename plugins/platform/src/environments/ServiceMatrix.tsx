import { Link } from '@backstage/ui';
import type {
  Environment,
  ServiceSummary,
} from '@slipway/plugin-platform-common';
import {
  DataTable,
  EntityLink,
  Sha,
  StateDot,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './environments.module.css';

/** Services by environments: which version serves, and how well. */
export function ServiceMatrix(props: {
  services: ServiceSummary[];
  environments: Environment[];
}) {
  const { services, environments } = props;
  const links = usePlatformLinks();
  return (
    <DataTable
      label="Services by environments"
      columns={['Service', 'Owner', ...environments.map(({ title }) => title)]}
    >
      {services.map(service => (
        <tr key={service.service}>
          <th scope="row" data-wide>
            <Link
              href={links.service(service.service, 'delivery')}
              weight="bold"
              standalone
            >
              {service.service}
            </Link>
          </th>
          <td data-label="of">
            <EntityLink entityRef={service.owner} />
          </td>
          {environments.map(({ name }) => (
            <td key={name} data-label={name}>
              <Cell service={service} environment={name} />
            </td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}

function Cell(props: { service: ServiceSummary; environment: string }) {
  const found = props.service.environments.find(
    ({ environment }) => environment === props.environment,
  );
  if (!found?.release) {
    return <span className={styles.nothing}>nothing</span>;
  }
  return (
    <span className={styles.version}>
      <StateDot state={found.health} /> v{found.release.number}{' '}
      <Sha sha={found.release.sha} />
    </span>
  );
}
