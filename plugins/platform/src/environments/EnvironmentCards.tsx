import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Environment, Resource } from '@slipway/plugin-platform-common';
import {
  LiveView,
  Panel,
  platformApiRef,
  StateBadge,
  useLive,
} from '@slipway/plugin-platform-react';
import { isThere } from '../resources/resourceStates';
import { usePlatformLinks } from '../routes';
import styles from './environments.module.css';

/** How many resources are looked at; beyond it the exact number helps nobody. */
const LIMIT = 200;

/** Each environment: what is special about it, and how its resources are. */
export function EnvironmentCards(props: { environments: Environment[] }) {
  return (
    <div className={styles.cards}>
      {props.environments.map(environment => (
        <EnvironmentCard key={environment.name} environment={environment} />
      ))}
    </div>
  );
}

function EnvironmentCard({ environment }: { environment: Environment }) {
  const { name, title, autoDeploy } = environment;
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: name,
    matches: signal =>
      signal.type === 'resource' && signal.environment === name,
    query: options =>
      platformApi.listResources({ environment: name, limit: LIMIT }, options),
  });
  return (
    <Panel
      title={title}
      aside={environment.protected && <StateBadge state="protected" />}
    >
      <p className={styles.sentence}>
        {autoDeploy
          ? 'A green pipeline is deployed here at once.'
          : 'Releases are promoted to here.'}
      </p>
      <LiveView live={live} what="its resources">
        {({ items, nextCursor }) => (
          <Counts
            environment={name}
            resources={items.filter(isThere)}
            hasMore={nextCursor !== undefined}
          />
        )}
      </LiveView>
    </Panel>
  );
}

function Counts(props: {
  environment: string;
  resources: Resource[];
  hasMore: boolean;
}) {
  const { environment, resources, hasMore } = props;
  const links = usePlatformLinks();
  const failed = resources.filter(({ state }) => state === 'failed').length;
  const drifted = resources.filter(({ drift }) => drift).length;
  const count = `${resources.length}${hasMore ? ' and more' : ''}`;
  return (
    <div className={styles.counts}>
      {resources.length === 0 ? (
        <span className={styles.nothing}>no resources</span>
      ) : (
        <Link href={links.resources(environment)} variant="body-small">
          {count}{' '}
          {resources.length === 1 && !hasMore ? 'resource' : 'resources'}
        </Link>
      )}
      {failed > 0 && <StateBadge state="failed" label={`${failed} failed`} />}
      {drifted > 0 && (
        <StateBadge
          state="drifted"
          tone="warning"
          label={`${drifted} drifted`}
        />
      )}
    </div>
  );
}
