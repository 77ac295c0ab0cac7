import { RUN_ACTIVITIES, type Run } from '@slipway/plugin-platform-common';
import { Panel, StateBadge, TimeAgo } from '@slipway/plugin-platform-react';
import { ChangeList, ReasonList } from '../decisions';
import styles from './RunPage.module.css';
import { TimesPanel } from './TimesPanel';

/** What a run was to change, what the rules said to it, and where its time went. */
export function FactsPanels(props: { run: Run }) {
  const { run } = props;
  return (
    <div className={styles.facts}>
      {run.changes.length > 0 && (
        <Panel title="Plan">
          <ChangeList changes={run.changes} />
        </Panel>
      )}
      {run.decision && (
        <Panel
          title="Rules"
          aside={
            <>
              asked <TimeAgo at={run.decision.at} />
            </>
          }
        >
          {run.decision.reasons.length > 0 ? (
            <ReasonList reasons={run.decision.reasons} waits={run.waits} />
          ) : (
            <StateBadge state={run.decision.effect} />
          )}
        </Panel>
      )}
      {hasTakenTime(run) && <TimesPanel run={run} />}
    </div>
  );
}

/** A planned run has not; nor has one that was cancelled before it was started. */
function hasTakenTime({ activity, times }: Run): boolean {
  return activity !== undefined || RUN_ACTIVITIES.some(name => times[name] > 0);
}
