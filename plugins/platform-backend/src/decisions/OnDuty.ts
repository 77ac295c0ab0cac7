import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { OwnershipClient } from '@slipway/plugin-ownership-common';

/** Says who is on call for a team now, as rotations have it. */
export interface OnDuty {
  /** User references. Throws where that is not known right now. */
  of(team: string): Promise<string[]>;
}

/** Asks the ownership backend. */
export function createOnDuty(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}): OnDuty {
  const ownership = new OwnershipClient({ discoveryApi: options.discovery });
  return {
    async of(team) {
      const { token } = await options.auth.getPluginRequestToken({
        onBehalfOf: await options.auth.getOwnServiceCredentials(),
        targetPluginId: 'ownership',
      });
      const { onCall } = await ownership.getTeam(team, { token });
      return onCall.flatMap(({ now }) => now?.person ?? []);
    },
  };
}
