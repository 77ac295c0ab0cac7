import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import { nameOf } from '../access';
import type { Unannounced } from './unannounced';

/** Who is to be told what about an approval; `undefined` where nobody needs to know. */
export function approvalNews(
  approval: Unannounced,
): NotificationSendOptions | undefined {
  if (approval.state === 'open') {
    return {
      recipients: {
        type: 'entity',
        entityRef: approval.approvers,
        excludeEntityRef: approval.asked_by,
      },
      payload: {
        title: `${nameOf(approval.asked_by)} asks for your approval: ${approval.title}`,
        description: approval.reason,
        link: `/approvals/${approval.id}`,
        severity: 'high',
        topic: 'approvals',
        scope: `approval:${approval.id}`,
      },
    };
  }
  const end = endNews(approval);
  return end && approval.asked_by.startsWith('user:')
    ? {
        recipients: { type: 'entity', entityRef: approval.asked_by },
        payload: {
          ...end,
          link: `/runs/${approval.run_id}`,
          topic: 'approvals',
          // What is told of the same run later takes its place.
          scope: `run:${approval.run_id}`,
        },
      }
    : undefined;
}

function endNews({
  state,
  title,
  reason,
  votes,
}: Unannounced): NotificationPayload | undefined {
  const verdict = state === 'rejected' ? 'rejected' : 'approved';
  const counted = votes.filter(vote => vote.verdict === verdict);
  const people = counted.map(({ person }) => nameOf(person)).join(' and ');
  const by = people && ` by ${people}`;
  const description = counted
    .flatMap(({ person, comment }) =>
      comment ? [`${nameOf(person)}: ${comment}`] : [],
    )
    .join('\n');
  switch (state) {
    case 'resumed':
      return {
        title: `${title} was approved${by}`,
        description,
        severity: 'normal',
      };
    case 'rejected':
      return {
        title: `${title} was rejected${by}`,
        description,
        severity: 'high',
      };
    case 'expired':
      return {
        title: `Nobody decided in time: ${title}`,
        description: `${reason} Retry it to ask again.`,
        severity: 'high',
      };
    default:
      return undefined;
  }
}
