import { ButtonLink, Link } from '@backstage/ui';
import type { ServiceSummary } from '@slipway/plugin-platform-common';
import type { PlatformData } from '../live';
import { Panel } from './Panel';
import { StatusDot } from './StatusDot';
import styles from './HomePage.module.css';

/** The services of my teams, with what serves in each environment. */
export function MyServices(props: {
  services: PlatformData<ServiceSummary[]>;
}) {
  const count = props.services.value?.length;
  return (
    <Panel
      title="My services"
      aside={count ? `${count} in your teams` : undefined}
      data={props.services}
    >
      {services =>
        services.length === 0 ? <NoServices /> : <Table services={services} />
      }
    </Panel>
  );
}

function NoServices() {
  return (
    <div className={styles.empty}>
      <p>
        Your teams own no service yet. Pick a template, and a minute later one
        is running.
      </p>
      <ButtonLink href="/create" variant="secondary" size="small">
        Create the first one
      </ButtonLink>
    </div>
  );
}

function Table({ services }: { services: ServiceSummary[] }) {
  const environments = [
    ...new Set(
      services.flatMap(service =>
        service.environments.map(({ environment }) => environment),
      ),
    ),
  ];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Service</th>
            {environments.map(environment => (
              <th scope="col" key={environment}>
                {environment}
              </th>
            ))}
            <th scope="col">Latest pipeline</th>
          </tr>
        </thead>
        <tbody>
          {services.map(service => (
            <tr key={service.service}>
              <th scope="row">
                <Link
                  href={`/catalog/default/component/${service.service}`}
                  standalone
                  weight="bold"
                >
                  {service.service}
                </Link>
                <div className={styles.description}>{service.description}</div>
              </th>
              {environments.map(environment => (
                <td key={environment}>
                  <EnvironmentCell
                    service={service}
                    environment={environment}
                  />
                </td>
              ))}
              <td>
                <PipelineCell service={service} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EnvironmentCell(props: {
  service: ServiceSummary;
  environment: string;
}) {
  const found = props.service.environments.find(
    ({ environment }) => environment === props.environment,
  );
  if (!found?.release) {
    return <span className={styles.secondary}>–</span>;
  }
  const { number, sha } = found.release;
  const version = (
    <>
      v{number} <span className={styles.sha}>{sha.slice(0, 7)}</span>
    </>
  );
  return (
    <span className={styles.status}>
      <StatusDot state={found.health} />
      {found.url ? (
        <a
          href={found.url}
          target="_blank"
          rel="noreferrer"
          className={styles.version}
          title={`Open ${props.service.service} in ${props.environment}`}
        >
          {version}
        </a>
      ) : (
        <span className={styles.version}>{version}</span>
      )}
    </span>
  );
}

function PipelineCell({ service }: { service: ServiceSummary }) {
  const pipeline = service.latestPipeline;
  if (!pipeline) {
    return <span className={styles.secondary}>none yet</span>;
  }
  return (
    <span className={styles.status}>
      <StatusDot state={pipeline.state} silent />
      <Link href={`/runs/${pipeline.runId}`} standalone>
        {pipeline.state}
      </Link>
    </span>
  );
}
