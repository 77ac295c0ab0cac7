import { Link, Text } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import {
  Elapsed,
  EntityLink,
  formatOrdinal,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { openWaits, WaitLine, wordOfRun } from '../waits';
import { RunProgress } from './RunProgress';
import styles from './RunsPage.module.css';

/** A run in a list: what, who asked, how it stands, what it waits for, when and how long. */
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
          <EntityLink entityRef={run.requestedBy} />,{' '}
          <TimeAgo at={run.createdAt} />
        </Text>
        {run.failure && (
          <Text as="div" variant="body-small" color="danger">
            {run.failure.message}
          </Text>
        )}
      </div>
      <div className={styles.state}>
        <StateBadge state={run.state} label={wordOfRun(run)} />
      </div>
      <div className={styles.progress}>
        <Standing run={run} />
      </div>
      <div className={styles.time}>
        <Elapsed from={run.createdAt} to={run.endedAt} />
      </div>
    </li>
  );
}

/** What a run waits for or how far it is; nothing once it has ended. */
function Standing({ run }: { run: Run }) {
  const [wait] = openWaits(run);
  if (!run.queue && !wait) {
    return <RunProgress run={run} />;
  }
  return (
    <Text as="div" variant="body-small" color="secondary">
      {run.queue ? (
        <>
          {formatOrdinal(run.queue.place)} in line behind{' '}
          {run.queue.behindTitle}
        </>
      ) : (
        <WaitLine wait={wait} />
      )}
    </Text>
  );
}
