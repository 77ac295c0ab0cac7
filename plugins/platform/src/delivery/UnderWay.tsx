import { Link, Text } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import {
  formatOrdinal,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { openWaits, WaitLine, wordOfRun } from '../waits';
import { RunProgress } from '../runs/RunProgress';
import styles from './DeliveryTab.module.css';

/** A run that is changing something right now, or waits to do so. */
export function UnderWay(props: { run: Run }) {
  const { run } = props;
  const links = usePlatformLinks();
  const [wait] = openWaits(run);
  return (
    <div className={styles.underWay}>
      <div className={styles.underWayHead}>
        <Link href={links.run(run.id)} variant="body-small" weight="bold">
          {run.title}
        </Link>
        <StateBadge state={run.state} label={wordOfRun(run)} />
      </div>
      {wait && (
        <Text as="div" variant="body-small" color="secondary">
          <WaitLine wait={wait} />, asked <TimeAgo at={wait.createdAt} />
        </Text>
      )}
      {run.queue && (
        <Text as="div" variant="body-small" color="secondary">
          {formatOrdinal(run.queue.place)} in line behind{' '}
          {run.queue.behindTitle}
        </Text>
      )}
      {!wait && !run.queue && <RunProgress run={run} />}
    </div>
  );
}
