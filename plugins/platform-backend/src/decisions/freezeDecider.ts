import { CONFIGURE_RUN_KIND } from '@slipway/plugin-platform-common';
import type { Decider } from '@slipway/plugin-platform-node';
import { describeEnd } from '../environments/freezes';
import type { Environments } from '../environments';
import { whyThePlatformMay } from './whyThePlatformMay';

/** What changes what runs. */
const FROZEN = ['deploy', CONFIGURE_RUN_KIND];
/** Bringing back what served before is what one may have to do just then. */
const EXEMPT = ['rollback', 'refresh'];

/** In a freeze window a deployment needs a reason, and somebody else of the owning team who agrees. */
export function freezeDecider(
  environments: Pick<Environments, 'frozen' | 'get'>,
  now: () => Date = () => new Date(),
): Decider {
  return {
    id: 'freeze-window',
    async decide(request) {
      const { kind, environment, input } = request.run;
      if (
        !FROZEN.includes(kind) ||
        environment === undefined ||
        EXEMPT.includes(String(input.cause)) ||
        whyThePlatformMay(request)
      ) {
        return undefined;
      }
      const freeze = environments.frozen(environment, now());
      if (!freeze) {
        return undefined;
      }
      const title = environments.get(environment)?.title ?? environment;
      const frozen = `${title} is frozen until ${describeEnd(freeze)} (${freeze.title}: ${freeze.reason})`;
      return input.reason
        ? {
            effect: 'needs-approval',
            reason: `${frozen}. Somebody else of the owning team has to agree to this reason: ${input.reason}`,
            approvers: [{ role: 'owning-team' }],
          }
        : {
            effect: 'deny',
            reason: `${frozen}. Say in \`reason\` why it can't wait, or deploy it afterwards.`,
          };
    },
  };
}
