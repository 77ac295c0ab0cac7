import type { Environment } from '@slipway/plugin-platform-common';
import type { Decider } from '@slipway/plugin-platform-node';

/** What changes a protected environment, a second person of the owning team has to agree to. */
export function protectedEnvironmentDecider(
  environments: Environment[],
): Decider {
  return {
    id: 'protected-environment',
    async decide({ run }) {
      const environment = environments.find(
        ({ name }) => name === run.environment,
      );
      return environment?.protected
        ? {
            effect: 'needs-approval',
            reason: `${environment.title} is protected: a second person of the owning team has to agree.`,
            approvers: [{ role: 'owning-team' }],
          }
        : undefined;
    },
  };
}
