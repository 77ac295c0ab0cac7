import type { ResourceAbility } from '@slipway/plugin-platform-common';
import type { ProviderSetup } from './ProviderSetup';

/** One promise of the contract, and how to see whether a provider keeps it. */
export interface ContractCase {
  title: string;
  /** Only for providers with this ability. */
  ability?: ResourceAbility;
  /** Throws where the promise isn't kept. */
  run(setup: ProviderSetup): Promise<void>;
}
