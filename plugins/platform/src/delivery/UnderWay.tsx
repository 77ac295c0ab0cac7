import { Link } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { StateBadge } from '../components';
import { usePlatformLinks } from '../routes';
import { RunProgress } from '../runs/RunProgress';
import styles from './DeliveryTab.module.css';

/** A run that is changing something right now. */
export function UnderWay(props: { run: Run }) {
  const { run } = props;
  const links = usePlatformLinks();
  return (
    <div className={styles.underWay}>
      <div className={styles.underWayHead}>
        <Link href={links.run(run.id)} variant="body-small" weight="bold">
          {run.title}
        </Link>
        <StateBadge state={run.state} />
      </div>
      <RunProgress run={run} />
    </div>
  );
}
