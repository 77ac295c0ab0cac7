import { useApi } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import type {
  MergeRequestDetail,
  MergeRequestReview,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ErrorNotice,
  Panel,
  platformApiRef,
  useAction,
} from '@slipway/plugin-platform-react';
import styles from './merge-requests.module.css';

/** Approves what was looked at, or asks for changes; nothing for those whose word doesn't count. */
export function ReviewPanel(props: {
  mergeRequest: MergeRequestDetail;
  onDone(): void;
}) {
  const { mergeRequest, onDone } = props;
  const { sha, state, canReview } = mergeRequest;
  const platformApi = useApi(platformApiRef);
  const [comment, setComment] = useState('');
  const [verdict, setVerdict] = useState<MergeRequestReview['verdict']>();
  const review = useAction(async (chosen: MergeRequestReview['verdict']) => {
    setVerdict(chosen);
    await platformApi.reviewMergeRequest(mergeRequest, {
      verdict: chosen,
      sha,
      comment: comment.trim() || undefined,
    });
    setComment('');
    onDone();
  });
  if (state !== 'open' || !canReview) {
    return undefined;
  }
  return (
    <Panel title="Your review">
      <div className={styles.form}>
        <TextAreaField
          label="What you found"
          secondaryLabel="optional"
          rows={2}
          value={comment}
          onChange={setComment}
        />
        {review.error && (
          <ErrorNotice title="Can't review" error={review.error} />
        )}
        <div className={styles.buttons}>
          <Button
            variant="secondary"
            isDisabled={review.isPending}
            loading={review.isPending && verdict === 'changes-requested'}
            onPress={() => review.start('changes-requested')}
          >
            Ask for changes
          </Button>
          <Button
            variant="primary"
            isDisabled={review.isPending}
            loading={review.isPending && verdict === 'approved'}
            onPress={() => review.start('approved')}
          >
            Approve
          </Button>
        </div>
      </div>
    </Panel>
  );
}
