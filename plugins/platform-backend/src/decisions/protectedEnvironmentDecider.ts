import type { Decider, Verdict } from '@slipway/plugin-platform-node';
import type { Environments } from '../environments';
import { whyThePlatformMay } from './whyThePlatformMay';

/**
 * What changes a protected environment, a second person of the owning team has to agree to. An environment that is gone counts as
 * protected: taking it out of the files takes away no protection of what is still in it.
 */
export function protectedEnvironmentDecider(
  environments: Pick<Environments, 'get'>,
): Decider {
  return {
    id: 'protected-environment',
    async decide(request) {
      const { run } = request;
      // Whoever agreed to it then agreed to this.
      if (run.environment === undefined || whyThePlatformMay(request)) {
        return undefined;
      }
      const environment = environments.get(run.environment);
      if (!environment) {
        return secondPerson(
          `There is no environment "${run.environment}" any more, so what is left in it counts as protected`,
        );
      }
      return environment.protected
        ? secondPerson(`${environment.title} is protected`)
        : undefined;
    },
  };
}

function secondPerson(why: string): Verdict {
  return {
    effect: 'needs-approval',
    reason: `${why}: a second person of the owning team has to agree.`,
    approvers: [{ role: 'owning-team' }],
  };
}
