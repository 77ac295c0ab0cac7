import { Link } from '@backstage/ui';
import type {
  Resource,
  ServiceEnvironment,
} from '@slipway/plugin-platform-common';
import { StateBadge, StateDot } from '@slipway/plugin-platform-react';
import { DriftBadge } from '../resources/DriftBadge';
import { badgeOf } from '../resources/resourceStates';
import { usePlatformLinks } from '../routes';
import { groupByEnvironment, type Lane } from './groupByEnvironment';
import styles from './ResourceGraph.module.css';

/** A service and what it uses, a lane for each environment: lines lead from the service to its resources. */
export function ResourceGraph(props: {
  service: string;
  environments: ServiceEnvironment[];
  resources: Resource[];
}) {
  const { service, environments, resources } = props;
  return (
    <ul
      className={styles.graph}
      aria-label={`What ${service} uses, by environment`}
    >
      {groupByEnvironment(environments, resources).map(lane => (
        <li key={lane.environment} className={styles.lane}>
          <h3 className={styles.environment}>{lane.title}</h3>
          <ServiceNode service={service} lane={lane} />
          {lane.resources.length === 0 ? (
            <span className={styles.nothing}>uses nothing here</span>
          ) : (
            <ul className={styles.branches}>
              {lane.resources.map(resource => (
                <ResourceNode
                  key={resource.id}
                  resource={resource}
                  service={service}
                />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function ServiceNode({ service, lane }: { service: string; lane: Lane }) {
  const links = usePlatformLinks();
  const { state } = lane;
  return (
    <div className={styles.service} data-alone={lane.resources.length === 0}>
      <div className={styles.node}>
        <Link
          href={links.service(service, 'delivery')}
          weight="bold"
          standalone
        >
          {service}
        </Link>
        <span className={styles.detail}>
          {state?.serving ? (
            <>
              <StateDot state={state.status.health} /> v
              {state.serving.release.number}
            </>
          ) : (
            'not deployed'
          )}
        </span>
      </div>
    </div>
  );
}

function ResourceNode(props: { resource: Resource; service: string }) {
  const { resource, service } = props;
  const { id, name, type, connections } = resource;
  const links = usePlatformLinks();
  const own = connections.find(each => each.service === service);
  const others = connections
    .map(each => each.service)
    .filter(each => each !== service);
  return (
    <li className={styles.branch} data-connected={own !== undefined}>
      <span className={styles.alias}>{own ? own.alias : 'not connected'}</span>
      <div className={styles.node}>
        <Link href={links.resource(id)} weight="bold" standalone>
          {name}
        </Link>
        <span className={styles.detail}>
          {type} {resource.class}
          {others.length > 0 &&
            `, also used by ${[...new Set(others)].join(', ')}`}
        </span>
        <span className={styles.badges}>
          <StateBadge {...badgeOf(resource)} dot />
          {resource.drift && <DriftBadge resource={resource} />}
        </span>
      </div>
    </li>
  );
}
