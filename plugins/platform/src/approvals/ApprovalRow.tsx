import { ButtonLink, Link, Text } from '@backstage/ui';
import type { Approval } from '@slipway/plugin-platform-common';
import {
  EntityLink,
  StateBadge,
  TimeAgo,
  TimeLeft,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { badgeOf } from './approvalStates';
import styles from './approvals.module.css';

/** An approval in a list: what for, who asks whom, where, and until when. */
export function ApprovalRow(props: { approval: Approval }) {
  const { approval } = props;
  const { run, votes, quorum } = approval;
  const links = usePlatformLinks();
  const href = links.approval(approval.id);
  const last = votes[votes.length - 1];
  const isOpen = approval.state === 'open';
  return (
    <li className={styles.row}>
      <div>
        <Link href={href} variant="body-medium" weight="bold" standalone>
          {run.title}
        </Link>
        <Text as="div" variant="body-small">
          {approval.reason}
        </Text>
        <Text as="div" variant="body-small" color="secondary">
          asked by <EntityLink entityRef={run.requestedBy} />,{' '}
          <TimeAgo at={approval.createdAt} />
          {whereOf(run)}
          {isOpen && !approval.mayDecide && (
            <> · waits for {approval.approversText}</>
          )}
          {isOpen && quorum > 1 && (
            <>
              {' '}
              · {votes.length} of {quorum} approvals
            </>
          )}
          {isOpen && approval.expiresAt && (
            <>
              {' · expires '}
              <TimeLeft until={approval.expiresAt} />
            </>
          )}
          {!isOpen && last && (
            <>
              {' · '}
              {last.verdict} by <EntityLink entityRef={last.person} />
              {last.comment && `: ${last.comment}`}
            </>
          )}
        </Text>
      </div>
      {isOpen && approval.mayDecide ? (
        <ButtonLink
          variant="secondary"
          size="small"
          href={href}
          aria-label={`Review ${run.title}`}
        >
          Review
        </ButtonLink>
      ) : (
        <StateBadge {...badgeOf(approval)} />
      )}
    </li>
  );
}

function whereOf({ service, environment }: Approval['run']): string {
  const where = [service, environment].filter(Boolean).join(' in ');
  return where && ` · ${where}`;
}
