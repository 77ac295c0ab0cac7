import type {
  MergeRequestComment,
  MergeRequestDetail,
  MergeRequestReview,
} from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  Panel,
  PersonName,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { CommentForm } from './CommentForm';
import styles from './merge-requests.module.css';

/** What was said of it, the oldest first, and room to say more. */
export function Discussion(props: {
  mergeRequest: MergeRequestDetail;
  onSaid(): void;
}) {
  const { mergeRequest, onSaid } = props;
  const { comments, reviews } = mergeRequest;
  const said = [
    ...comments.map(comment => ({
      at: comment.createdAt,
      key: comment.id,
      shown: <Comment comment={comment} isInContext={false} />,
    })),
    ...reviews.map(review => ({
      at: review.createdAt,
      key: review.author,
      shown: <Review review={review} />,
    })),
  ].sort((one, other) => one.at.localeCompare(other.at));
  return (
    <Panel title="Discussion">
      {said.length === 0 && (
        <EmptyNotice title="Nobody has said anything yet" />
      )}
      {said.map(({ key, shown }) => (
        <div key={key}>{shown}</div>
      ))}
      <CommentForm place={mergeRequest} onSaid={onSaid} />
    </Panel>
  );
}

/** What somebody said. */
export function Comment(props: {
  comment: MergeRequestComment;
  /** Whether it stands where it belongs, so that nobody has to be told what it is about. */
  isInContext?: boolean;
}) {
  const { comment, isInContext = true } = props;
  const { author, createdAt, text, path, line } = comment;
  return (
    <div className={styles.said}>
      <div className={styles.by}>
        <strong>
          <PersonName entityRef={author} />
        </strong>
        <TimeAgo at={createdAt} />
        {!isInContext && path && (
          <code className={styles.branch}>
            {path}
            {line && `:${line}`}
          </code>
        )}
      </div>
      <p className={styles.description}>{text}</p>
    </div>
  );
}

function Review({ review }: { review: MergeRequestReview }) {
  const { author, verdict, comment, createdAt, isOutdated } = review;
  return (
    <div className={styles.said}>
      <div className={styles.by}>
        <strong>
          <PersonName entityRef={author} />
        </strong>
        <StateBadge state={verdict} />
        <TimeAgo at={createdAt} />
        {isOutdated && 'before the newest commits'}
      </div>
      {comment && <p className={styles.description}>{comment}</p>}
    </div>
  );
}
