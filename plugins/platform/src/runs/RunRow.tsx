import { Link, Text } from '@backstage/ui';
import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';
import { Elapsed, PersonName, StateBadge, TimeAgo } from '../components';
import { formatOrdinal } from '../format';
import { usePlatformLinks } from '../routes';
import { RunProgress } from './RunProgress';
import styles from './RunsPage.module.css';

/** A run in a list: what, whose, when, how far and how long. */
export function RunRow(props: { run: Run }) {
  const { run } = props;
  const links = usePlatformLinks();
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link
          href={links.run(run.id)}
          variant="body-medium"
          weight="bold"
          standalone
        >
          {run.title}
        </Link>
        <Text as="div" variant="body-small" color="secondary">
          <PersonName entityRef={run.requestedBy} />,{' '}
          <TimeAgo at={run.createdAt} />
        </Text>
        {run.failure && (
          <Text as="div" variant="body-small" color="danger">
            {run.failure.message}
          </Text>
        )}
      </div>
      <div className={styles.state}>
        <StateBadge state={run.state} />
      </div>
      <div className={styles.progress}>
        {run.queue ? (
          <Text variant="body-small" color="secondary">
            {formatOrdinal(run.queue.place)} in line
          </Text>
        ) : (
          <RunProgress run={run} />
        )}
      </div>
      <div className={styles.time}>
        {run.startedAt && (run.endedAt || !isFinalRunState(run.state)) && (
          <Elapsed from={run.startedAt} to={run.endedAt} />
        )}
      </div>
    </li>
  );
}
