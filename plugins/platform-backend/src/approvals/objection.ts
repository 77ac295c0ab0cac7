import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Vote } from '@slipway/plugin-platform-common';
import { type Caller, nameOf } from '../access';
import type { StoredApproval } from './ApprovalStore';

/** Why the caller may not decide an approval now, as the error they get when they try; `undefined` where they may. */
export function objection(
  approval: StoredApproval,
  caller: Caller,
): Error | undefined {
  const end = howItEnded(approval);
  if (end) {
    return new ConflictError(end);
  }
  if (approval.asked_by === caller.userRef) {
    return new NotAllowedError(
      `You asked for this, so somebody else decides it: ${approval.approvers_text}.`,
    );
  }
  const refs = new Set([caller.userRef, ...caller.ownershipRefs]);
  if (!approval.approvers.some(approver => refs.has(approver))) {
    return new NotAllowedError(
      `You are none of those who decide this. It takes ${approval.approvers_text}.`,
    );
  }
  const vote = approval.votes.find(({ person }) => person === caller.userRef);
  return vote && new ConflictError(`You have ${vote.verdict} this already.`);
}

/** How and by whom it was ended; `undefined` where it is open. */
function howItEnded({
  state,
  overdue,
  votes,
  ended_at,
  due_at,
}: StoredApproval): string | undefined {
  if (state === 'open' && !overdue) {
    return undefined;
  }
  switch (state) {
    case 'resumed':
      return `This was approved${by(votes, 'approved')}${at(ended_at)}.`;
    case 'rejected':
      return `This was rejected${by(votes, 'rejected')}${at(ended_at)}.`;
    case 'cancelled':
      return `This was withdrawn${at(ended_at)}: the run doesn't wait for it any more.`;
    default:
      return `This expired${at(due_at)}: nobody decided in time. Retry the run to ask again.`;
  }
}

function by(votes: Vote[], verdict: Vote['verdict']): string {
  const names = votes
    .filter(vote => vote.verdict === verdict)
    .map(({ person }) => nameOf(person));
  return names.length > 0 ? ` by ${names.join(' and ')}` : '';
}

function at(time: Date | null): string {
  return time
    ? ` on ${time.toISOString().slice(0, 16).replace('T', ' at ')} UTC`
    : '';
}
