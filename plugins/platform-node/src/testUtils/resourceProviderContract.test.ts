import { brokenAbilities } from './contract/__fixtures__/brokenAbilities';
import { brokenEnding } from './contract/__fixtures__/brokenEnding';
import { brokenMaking } from './contract/__fixtures__/brokenMaking';
import { createMemoryProvider } from './contract/__fixtures__/createMemoryProvider';
import { createMemorySetup } from './contract/__fixtures__/createMemorySetup';
import { contractCases } from './contract/contractCases';
import { resourceProviderContract } from './resourceProviderContract';

resourceProviderContract('memory', () => createMemorySetup(), {
  abilities: ['rotate', 'restore', 'accept-drift', 'adopt'],
});

const brokenProviders = [...brokenMaking, ...brokenEnding, ...brokenAbilities];

describe('The contract of resource providers', () => {
  it.each(brokenProviders)(
    '%s: finds a provider that breaks it (%#)',
    async (title, breakage) => {
      const found = contractCases.find(each => each.title === title);
      const setup = createMemorySetup(world => {
        const good = createMemoryProvider(world);
        return { ...good, ...breakage(good, world) };
      });
      await expect(found?.run(setup)).rejects.toThrow();
    },
  );

  it('has no case that nothing can fail', () => {
    const broken = new Set(brokenProviders.map(([title]) => title));
    expect(
      contractCases.map(({ title }) => title).filter(each => !broken.has(each)),
    ).toEqual([]);
  });
});
