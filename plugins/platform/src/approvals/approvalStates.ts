import type { Approval, WaitState } from '@slipway/plugin-platform-common';

const WORDS: Record<WaitState, string> = {
  open: 'waiting for approval',
  resumed: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  cancelled: 'withdrawn',
};

/** The state of an approval as `StateBadge` takes it. */
export function badgeOf({ state }: Pick<Approval, 'state'>): {
  state: string;
  label: string;
} {
  return {
    state: state === 'open' ? 'waiting' : state,
    label: WORDS[state],
  };
}

/** What came of an approval that has ended, and what that means for its run. */
export function outcomeOf({ state }: Pick<Approval, 'state'>): string {
  switch (state) {
    case 'resumed':
      return 'It was approved, and the run goes on.';
    case 'rejected':
      return 'It was rejected. The run does nothing.';
    case 'expired':
      return 'Nobody decided in time. Whoever asked can retry the run, which asks again.';
    case 'cancelled':
      return 'The run no longer asks: it was cancelled.';
    default:
      return 'It waits for a decision.';
  }
}
