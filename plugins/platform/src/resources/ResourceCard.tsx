import { Link } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  FailureNotice,
  LiveView,
  Panel,
  StateBadge,
} from '@slipway/plugin-platform-react';
import { resourceIdOf } from '../entity';
import { usePlatformLinks } from '../routes';
import { DriftBadge } from './DriftBadge';
import { badgeOf } from './resourceStates';
import styles from './resources.module.css';
import { useResource } from './useResource';

/** How the resource stands that a catalog entity is about, and the way to its page. */
export function ResourceCard() {
  const links = usePlatformLinks();
  const id = resourceIdOf(useEntity().entity) ?? '';
  const live = useResource(id);
  return (
    <Panel
      title="Resource"
      aside={
        <Link href={links.resource(id)} variant="body-small">
          Open the resource
        </Link>
      }
    >
      <LiveView live={live} what="the resource">
        {resource => (
          <div className={styles.card}>
            <div className={styles.badges}>
              <StateBadge {...badgeOf(resource)} dot />
              {resource.drift && <DriftBadge resource={resource} />}
              <span className={styles.secondary}>
                {resource.type} {resource.class} in {resource.environment}
              </span>
            </div>
            {resource.failure && <FailureNotice failure={resource.failure} />}
          </div>
        )}
      </LiveView>
    </Panel>
  );
}
