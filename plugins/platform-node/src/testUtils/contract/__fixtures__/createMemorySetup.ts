import { randomUUID } from 'node:crypto';
import type { ResourceProvider } from '../../../resources';
import type { ProviderSetup } from '../ProviderSetup';
import { createMemoryProvider, nameOf } from './createMemoryProvider';
import { MemoryWorld } from './MemoryWorld';

/** @param createProvider - something else than the provider that keeps the contract */
export function createMemorySetup(
  createProvider: (
    world: MemoryWorld,
  ) => ResourceProvider = createMemoryProvider,
): ProviderSetup {
  const world = new MemoryWorld();
  const { things } = world;
  return {
    provider: createProvider(world),
    parameters: { size: 2 },
    changed: { size: 3 },
    losing: { size: 1 },
    bad: [['no number', { size: 'big' }, 'expected number']],
    drift: async resource => {
      Object.assign(things.get(nameOf(resource)) ?? {}, { size: 5 });
      return 'size';
    },
    remove: async resource => {
      things.delete(nameOf(resource));
    },
    count: async ({ id }) =>
      [...things].filter(
        ([name, { takenBy }]) => name.startsWith(id) || takenBy === id,
      ).length,
    dying: effects => createProvider(world.dying(effects)),
    isUsable: async resource => {
      const { user, password } = resource.outputs;
      const thing = things.get(nameOf(resource));
      return Boolean(thing?.access && thing.passwords[user] === password);
    },
    data: {
      write: async resource => {
        Object.assign(things.get(nameOf(resource)) ?? {}, { content: 'kept' });
      },
      isThere: async resource =>
        things.get(nameOf(resource))?.content === 'kept',
    },
    existing: {
      make: async () => {
        const name = `by-hand-${randomUUID()}`;
        const thing = { size: 4, access: true, passwords: {}, content: 'kept' };
        things.set(name, thing);
        return { name };
      },
      missing: { name: 'nowhere' },
    },
    cleanUp: async () => things.clear(),
  };
}
