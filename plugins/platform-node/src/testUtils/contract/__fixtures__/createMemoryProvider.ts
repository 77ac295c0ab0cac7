import { InputError } from '@backstage/errors';
import { z } from 'zod';
import {
  createResourceProvider,
  planByAttributes,
  type ProvidedResource,
  type ProviderContext,
  type ResourceProvider,
} from '../../../resources';
import type { MemoryThing, MemoryWorld } from './MemoryWorld';

const parameters = z.strictObject({
  size: z.number().int().min(1).max(10).default(1),
});
type Parameters = z.infer<typeof parameters>;
type Memory = ProvidedResource<Parameters>;

/** What things are called. */
export const nameOf = (resource: Pick<ProvidedResource, 'id' | 'state'>) =>
  String(resource.state.name ?? resource.id);

/** A provider with every ability, on a map. */
export function createMemoryProvider(world: MemoryWorld): ResourceProvider {
  const thingOf = (resource: Memory): MemoryThing => {
    const thing = world.things.get(nameOf(resource));
    if (!thing) {
      throw new Error(`There is no ${nameOf(resource)}.`);
    }
    return thing;
  };

  const answer = (resource: Memory, user: string) => ({
    outputs: {
      address: `memory:${nameOf(resource)}`,
      user,
      password: thingOf(resource).passwords[user],
    },
    state: resource.state,
  });

  const make = async (resource: Memory, context: ProviderContext) => {
    context.signal.throwIfAborted();
    const { size } = resource.parameters;
    const { user = 'a' } = resource.outputs;
    const password =
      resource.outputs.password ?? (await context.password('password'));
    const name = nameOf(resource);
    if (!world.things.has(name)) {
      world.change(() =>
        world.things.set(name, { size, access: false, passwords: {} }),
      );
    }
    const thing = thingOf(resource);
    if (thing.size !== size) {
      world.change(() => Object.assign(thing, { size }));
    }
    if (thing.passwords[user] !== password) {
      world.change(() => Object.assign(thing.passwords, { [user]: password }));
    }
    if (!thing.access) {
      world.change(() => Object.assign(thing, { access: true }));
    }
    context.log(`${name} is there.`);
    return answer(resource, user);
  };

  return createResourceProvider<Parameters>({
    name: 'memory',
    type: 'thing',
    title: 'Thing',
    description: 'A thing in memory, for the tests of the contract',
    parameters,
    outputs: {
      address: { description: 'Where it is' },
      user: { description: 'Who uses it' },
      password: { description: 'What lets the user in', secret: true },
    },
    plan: async (resource, observation) =>
      planByAttributes({
        wanted: { size: resource.parameters.size, access: true },
        observation,
        replacing:
          resource.parameters.size < Number(observation?.attributes.size)
            ? { size: 'what does not fit any more' }
            : {},
      }),
    observe: async resource => ({
      exists: world.things.has(nameOf(resource)),
      attributes: world.attributes(nameOf(resource)),
    }),
    apply: make,
    destroy: async resource => {
      if (world.things.has(nameOf(resource))) {
        world.change(() => world.things.delete(nameOf(resource)));
      }
    },
    softDelete: {
      suspend: async resource => {
        if (thingOf(resource).access) {
          world.change(() => {
            thingOf(resource).access = false;
          });
        }
      },
      restore: make,
    },
    rotation: {
      issue: async (resource, context) => {
        const next = resource.outputs.user === 'a' ? 'b' : 'a';
        const password = await context.password('password');
        world.change(() => {
          thingOf(resource).passwords[next] = password;
        });
        return answer(resource, next);
      },
      revoke: async resource => {
        const { user } = resource.outputs;
        const { passwords } = thingOf(resource);
        Object.keys(passwords)
          .filter(other => other !== user)
          .forEach(other =>
            world.change(() => {
              delete passwords[other];
            }),
          );
      },
    },
    acceptDrift: (_resource, { attributes }) =>
      parameters.safeParse({ size: attributes.size }).data,
    adoption: {
      existing: z.strictObject({ name: z.string() }),
      find: async ({ name }) => {
        const thing = world.things.get(String(name));
        if (!thing) {
          throw new InputError(`name: there is no "${name}".`);
        }
        if (thing.takenBy) {
          throw new InputError(`name: "${name}" is a resource already.`);
        }
        return { what: `thing ${name}`, parameters: { size: thing.size } };
      },
      adopt: async (resource, { name }, context) => {
        const adopted = { ...resource, state: { name: String(name) } };
        const { id: takenBy } = resource;
        world.change(() => Object.assign(thingOf(adopted), { takenBy }));
        return make(adopted, context);
      },
      release: async (_, { name }) => {
        const thing = world.things.get(String(name));
        world.change(() => delete thing?.takenBy);
      },
    },
  });
}
