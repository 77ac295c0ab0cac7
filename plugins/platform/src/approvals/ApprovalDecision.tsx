import { Text } from '@backstage/ui';
import type { Approval } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  EntityLink,
  LinkedText,
  TimeAgo,
  TimeLeft,
} from '@slipway/plugin-platform-react';
import { outcomeOf } from './approvalStates';
import styles from './approvals.module.css';
import { DecideForm } from './DecideForm';
import { VoteList } from './VoteList';

/** Who waits for whom and why, how far it is, and the decision for whoever may take it. */
export function ApprovalDecision(props: {
  approval: Approval;
  onDecided(): void;
}) {
  const [answer, setAnswer] = useState<Approval>();
  const approval = newer(props.approval, answer);
  const { run, state, votes, quorum, expiresAt } = approval;
  const granted = votes.filter(({ verdict }) => verdict === 'approved').length;
  const isOpen = state === 'open';
  return (
    <div className={styles.decision}>
      <div>
        <Text as="p" variant="body-medium">
          <strong>
            <EntityLink entityRef={run.requestedBy} />
          </strong>{' '}
          {isOpen ? 'waits' : 'waited'} for{' '}
          <strong>
            <LinkedText
              text={approval.approversText}
              entityRefs={approval.approvers}
            />
          </strong>
          .
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {approval.reason} Asked <TimeAgo at={approval.createdAt} />
          {isOpen && expiresAt && (
            <>
              ; expires <TimeLeft until={expiresAt} />
            </>
          )}
          .
        </Text>
      </div>
      {quorum > 1 && (
        <Text as="p" variant="body-small" weight="bold">
          {granted} of {quorum} approvals
        </Text>
      )}
      {votes.length > 0 && <VoteList votes={votes} />}
      <div role="status">
        {!isOpen && (
          <Text as="p" variant="body-medium" weight="bold">
            {outcomeOf(approval)}
          </Text>
        )}
        {isOpen && !approval.mayDecide && approval.mayNotDecideBecause && (
          <Text as="p" variant="body-small" color="secondary">
            {approval.mayNotDecideBecause}
          </Text>
        )}
      </div>
      {isOpen && approval.mayDecide && (
        <DecideForm
          approval={approval}
          onDecided={decided => {
            setAnswer(decided);
            props.onDecided();
          }}
          onRefused={props.onDecided}
        />
      )}
    </div>
  );
}

/** The answer to one's own vote may be ahead of what was loaded before it. */
function newer(loaded: Approval, answer: Approval | undefined): Approval {
  return answer?.id === loaded.id && answer.votes.length > loaded.votes.length
    ? answer
    : loaded;
}
