import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceSummary } from '@slipway/plugin-platform-common';
import {
  DataTable,
  EntityLink,
  LiveView,
  Panel,
  platformApiRef,
  StateBadge,
  useLive,
} from '@slipway/plugin-platform-react';
import styles from './teams.module.css';

/** How the services of a team do, in each environment; nothing where it has none. */
export function TeamServices({ team }: { team: string }) {
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: team,
    matches: ({ type }) => type !== 'approval',
    query: options => platformApi.listServices({ owner: [team] }, options),
  });
  return (
    <LiveView live={live} what="the services of the team">
      {services =>
        services.length > 0 && (
          <Panel title="Services" aside={services.length}>
            <DataTable label="Services" columns={['Service', 'Health']}>
              {services.map(service => (
                <tr key={service.service}>
                  <th scope="row" data-wide="">
                    <EntityLink
                      entityRef={`component:default/${service.service}`}
                    >
                      {service.service}
                    </EntityLink>
                  </th>
                  <td data-wide="">
                    <Health service={service} />
                  </td>
                </tr>
              ))}
            </DataTable>
          </Panel>
        )
      }
    </LiveView>
  );
}

function Health({ service }: { service: ServiceSummary }) {
  const released = service.environments.filter(({ release }) => release);
  return released.length === 0 ? (
    <span className={styles.quiet}>not deployed yet</span>
  ) : (
    <span className={styles.health}>
      {released.map(({ environment, health, release }) => (
        <span key={environment}>
          {environment} v{release?.number} <StateBadge state={health} />
        </span>
      ))}
    </span>
  );
}
