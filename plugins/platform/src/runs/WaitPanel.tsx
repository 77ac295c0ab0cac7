import type { Run, RunWait } from '@slipway/plugin-platform-common';
import {
  LiveView,
  Panel,
  TimeAgo,
  TimeLeft,
} from '@slipway/plugin-platform-react';
import { ApprovalDecision, useApproval } from '../approvals';
import { openWaits } from '../waits';
import styles from './RunPage.module.css';

/** What a run waits for now: for whom, since when and until when; whoever may decide, decides here. */
export function WaitPanel(props: { run: Run }) {
  const { run } = props;
  return (
    <>
      {openWaits(run).map(wait => {
        const step = run.steps.find(({ id }) => id === wait.stepId);
        return (
          <Panel
            key={wait.id}
            title={wait.approval ? 'Waiting for approval' : 'Waiting'}
            aside={step?.title}
          >
            {wait.approval ? (
              <ApprovalPart approvalId={wait.id} />
            ) : (
              <MachinePart wait={wait} />
            )}
          </Panel>
        );
      })}
    </>
  );
}

function ApprovalPart({ approvalId }: { approvalId: string }) {
  const live = useApproval(approvalId);
  return (
    <LiveView live={live} what="the approval">
      {approval => (
        <ApprovalDecision approval={approval} onDecided={live.refresh} />
      )}
    </LiveView>
  );
}

const ENDS: Record<RunWait['kind'], string> = {
  approval: 'expires',
  event: 'gives up',
  callback: 'expires',
  time: 'goes on',
};

function MachinePart({ wait }: { wait: RunWait }) {
  return (
    <p className={styles.sentence}>
      Waits for <strong>{wait.reason}</strong>
      <span className={styles.secondary}>
        {' '}
        since <TimeAgo at={wait.createdAt} />
        {wait.dueAt && (
          <>
            ; {ENDS[wait.kind]} <TimeLeft until={wait.dueAt} />
          </>
        )}
        . Nothing is held while it waits.
      </span>
    </p>
  );
}
