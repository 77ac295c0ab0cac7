/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect -- it registers tests in the files of others */
import type { ResourceAbility } from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '../resources';
import { contractCases } from './contract/contractCases';
import type { ProviderSetup } from './contract/ProviderSetup';

/** What one case may take, in milliseconds: some let the provider die at every point of what it does. */
const TIMEOUT_MS = 60_000;

/**
 * Registers the contract's cases with Jest, for one provider: it is done when they pass. Each case gets a setup of its own, and everything
 * it makes has names of its own.
 *
 * @param name - the provider's
 * @param createSetup - called before each case; `cleanUp` is called after it
 * @param options - `abilities`: what the provider can do beside making and destroying; its cases are registered too, and a case compares
 *   the list with what the provider has, so that none is left out silently. `timeoutMs`: what one case may take, left out: 60 seconds
 */
export function resourceProviderContract(
  name: string,
  createSetup: () => ProviderSetup | Promise<ProviderSetup>,
  options: { abilities?: ResourceAbility[]; timeoutMs?: number } = {},
): void {
  const { abilities = [], timeoutMs = TIMEOUT_MS } = options;

  describe(`${name} keeps the contract of resource providers`, () => {
    let setup: ProviderSetup;
    beforeEach(async () => {
      setup = await createSetup();
    }, timeoutMs);
    afterEach(() => setup.cleanUp(), timeoutMs);

    it('is tested with all of its abilities', () => {
      expect([...abilities].sort()).toEqual(abilitiesOf(setup.provider).sort());
    });

    contractCases
      .filter(({ ability }) => !ability || abilities.includes(ability))
      .forEach(({ title, run }) => it(title, () => run(setup), timeoutMs));
  });
}

/** What the provider can do beside making and destroying. */
function abilitiesOf(provider: ResourceProvider): ResourceAbility[] {
  const has: Record<ResourceAbility, unknown> = {
    rotate: provider.rotation,
    restore: provider.softDelete,
    'accept-drift': provider.acceptDrift,
    adopt: provider.adoption,
  };
  return (Object.keys(has) as ResourceAbility[]).filter(name => has[name]);
}
