import type { Decider } from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import type { Memberships } from './Memberships';

/** Only who belongs to the owning team starts, retries or undoes a run. What a push starts counts as the pusher's. */
export function ownershipDecider(memberships: Memberships): Decider {
  return {
    id: 'ownership',
    async decide({ action, run: { owner, requestedBy } }) {
      const teams = await memberships.teamsOf(requestedBy);
      return [requestedBy, ...teams].includes(owner)
        ? {
            effect: 'allow',
            reason: `${nameOf(requestedBy)} belongs to ${nameOf(owner)}, which owns this.`,
          }
        : {
            effect: 'deny',
            reason: `Only members of ${nameOf(owner)} can ${action} this, and ${nameOf(requestedBy)} is none. Ask one of them, or ask to join the team.`,
          };
    },
  };
}
