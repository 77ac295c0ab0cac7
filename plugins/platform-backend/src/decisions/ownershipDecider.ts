import type { Decider } from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import type { Memberships } from './Memberships';
import { whyThePlatformMay } from './whyThePlatformMay';

/**
 * Only who belongs to the owning team starts, retries or undoes a run. What a push starts counts as the pusher's. By itself, the platform does what was
 * agreed before.
 */
export function ownershipDecider(
  memberships: Pick<Memberships, 'teamsOf'>,
): Decider {
  return {
    id: 'ownership',
    async decide(request) {
      const agreed = whyThePlatformMay(request);
      if (agreed) {
        return { effect: 'allow', reason: agreed };
      }
      const {
        action,
        run: { owner, requestedBy },
      } = request;
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
