import {
  RUN_ACTIVITIES,
  type Run,
  type RunTimes,
  type RunWait,
} from '@slipway/plugin-platform-common';
import {
  Elapsed,
  EntityLink,
  formatDuration,
  Panel,
  TimesBar,
  useNow,
} from '@slipway/plugin-platform-react';
import { VoteList } from '../approvals';
import { WaitLine } from '../waits';
import styles from './RunPage.module.css';

/** Where the time of a run went, and every wait that has ended: who waited for whom, and what came of it. */
export function TimesPanel(props: { run: Run }) {
  const { run } = props;
  const times = useTimes(run);
  const ended = run.waits.filter(({ state }) => state !== 'open');
  return (
    <Panel
      title="Where the time went"
      aside={formatDuration(
        RUN_ACTIVITIES.reduce((sum, name) => sum + times[name], 0),
      )}
    >
      <TimesBar times={times} current={run.activity?.name} />
      {ended.length > 0 && (
        <ul className={styles.waits}>
          {ended.map(wait => (
            <li key={wait.id}>
              <PastWait run={run} wait={wait} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The ledger with what is going on now counted up to now. */
function useTimes({ times, activity }: Run): RunTimes {
  const now = useNow(activity ? 1_000 : undefined);
  return activity
    ? {
        ...times,
        [activity.name]:
          times[activity.name] + Math.max(0, now - Date.parse(activity.since)),
      }
    : times;
}

const OUTCOMES: Record<RunWait['state'], string> = {
  open: '',
  resumed: '',
  rejected: '',
  expired: ', in vain',
  cancelled: ', until it was cancelled',
};

function PastWait({ run, wait }: { run: Run; wait: RunWait }) {
  return (
    <>
      {wait.approval ? <EntityLink entityRef={run.requestedBy} /> : 'The run'}{' '}
      <WaitLine wait={wait} past />:{' '}
      <Elapsed from={wait.createdAt} to={wait.endedAt} />
      {OUTCOMES[wait.state]}
      {wait.approval && <VoteList votes={wait.approval.votes} />}
    </>
  );
}
