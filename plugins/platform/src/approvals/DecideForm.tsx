import { useApi } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import type { Approval } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ErrorNotice,
  platformApiRef,
  useAction,
} from '@slipway/plugin-platform-react';
import styles from './approvals.module.css';

/** Approves or rejects, with a comment where there is something to say. */
export function DecideForm(props: {
  approval: Approval;
  onDecided(approval: Approval): void;
  /** Called when the decision was not taken, so that what is shown can be brought up to date. */
  onRefused(): void;
}) {
  const { approval, onDecided, onRefused } = props;
  const platformApi = useApi(platformApiRef);
  const [comment, setComment] = useState('');
  const [verdict, setVerdict] = useState<'approve' | 'reject'>();
  const action = useAction(async (chosen: 'approve' | 'reject') => {
    setVerdict(chosen);
    const said = comment.trim() || undefined;
    onDecided(await platformApi[chosen](approval.id, said));
  });

  const decide = async (chosen: 'approve' | 'reject') => {
    if (!(await action.start(chosen))) {
      onRefused();
    }
  };

  return (
    <div className={styles.form}>
      <TextAreaField
        label="Comment"
        secondaryLabel="optional"
        rows={2}
        value={comment}
        onChange={setComment}
      />
      {action.error && (
        <ErrorNotice
          title={
            verdict === 'approve' ? "Can't approve this" : "Can't reject this"
          }
          error={action.error}
        />
      )}
      <div className={styles.buttons}>
        <Button
          variant="secondary"
          isDisabled={action.isPending}
          loading={action.isPending && verdict === 'reject'}
          onPress={() => decide('reject')}
        >
          Reject
        </Button>
        <Button
          variant="primary"
          isDisabled={action.isPending}
          loading={action.isPending && verdict === 'approve'}
          onPress={() => decide('approve')}
        >
          Approve
        </Button>
      </div>
    </div>
  );
}
