import type { Decider } from '@slipway/plugin-platform-node';
import { OWNER } from './people';

/** Wants a second person to agree to the generated runs that ask for it. */
export const approvalDecider: Decider = {
  id: 'faults',
  decide: async ({ run }) =>
    run.input.approval === true
      ? {
          effect: 'needs-approval',
          reason: 'The test wants somebody to agree.',
          approvers: [{ entityRef: OWNER }],
        }
      : undefined,
};
