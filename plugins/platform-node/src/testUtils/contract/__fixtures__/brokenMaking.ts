import { z } from 'zod';
import type { BrokenProvider } from './BrokenProvider';
import { nameOf } from './createMemoryProvider';

/** Providers that make, see or change a thing wrongly. */
export const brokenMaking: BrokenProvider[] = [
  [
    'says what it makes, and what can be asked for',
    () => ({ title: '', description: '' }),
  ],
  [
    'says what it makes, and what can be asked for',
    ({ parameters }) => ({
      parameters: parameters.transform(({ size }) => ({
        size: Number(size) + 1,
      })),
    }),
  ],
  [
    'refuses parameters that are no good, and says why',
    () => ({
      parameters: z.object({ size: z.number().default(1) }),
    }),
  ],
  [
    'refuses parameters that are no good, and says why',
    () => ({ parameters: z.strictObject({ size: z.any() }) }),
  ],
  [
    'plans without changing anything, the same each time',
    (good, world) => ({
      plan: async (resource, observation, context) => {
        world.things.set(nameOf(resource), {
          size: 2,
          access: true,
          passwords: {},
        });
        return good.plan(resource, observation, context);
      },
    }),
  ],
  [
    'plans without changing anything, the same each time',
    good => {
      let calls = 0;
      return {
        plan: async (...asked) => {
          calls += 1;
          const plan = await good.plan(...asked);
          const field = { field: 'calls', to: calls };
          return { ...plan, fields: [...plan.fields, field] };
        },
      };
    },
  ],
  [
    'makes it, with every output that it declares and no other',
    good => ({
      apply: async (...asked) => {
        const { outputs } = await good.apply(...asked);
        const { user: _, ...half } = outputs;
        return { outputs: half };
      },
    }),
  ],
  [
    'makes it, with every output that it declares and no other',
    good => ({
      apply: async (...asked) => {
        const { outputs } = await good.apply(...asked);
        return { outputs: { ...outputs, surplus: 'more' } };
      },
    }),
  ],
  [
    'makes it, with every output that it declares and no other',
    good => ({
      observe: async (...asked) => {
        const observation = await good.observe(...asked);
        return { ...observation, attributes: { size: 7, access: true } };
      },
    }),
  ],
  [
    'makes one when applied twice, and keeps its outputs',
    good => {
      let calls = 0;
      return {
        apply: async (...asked) => {
          calls += 1;
          const { outputs } = await good.apply(...asked);
          return { outputs: { ...outputs, address: `memory:${calls}` } };
        },
      };
    },
  ],
  [
    'makes one when applied twice, and keeps its outputs',
    (good, world) => ({
      apply: async (resource, context) => {
        if (world.things.has(nameOf(resource))) {
          world.things.set(`${resource.id}-2`, {
            size: 1,
            access: true,
            passwords: {},
          });
        }
        return good.apply(resource, context);
      },
    }),
  ],
  [
    'completes what a crash anywhere left half made',
    (good, world) => ({
      apply: async (resource, context) =>
        world.things.get(nameOf(resource))?.access === false
          ? { outputs: { address: 'a', user: 'a', password: 'never set' } }
          : good.apply(resource, context),
    }),
  ],
  [
    'keeps two of the same name apart',
    (_good, world) => ({ destroy: async () => world.things.clear() }),
  ],
  [
    'stops when it is cancelled, and can be completed',
    good => ({
      apply: (resource, context) =>
        good.apply(resource, {
          ...context,
          signal: new AbortController().signal,
        }),
    }),
  ],
  [
    'observes without changing or mending anything, the same each time',
    (good, world) => ({
      observe: async (resource, context) => {
        const thing = world.things.get(nameOf(resource));
        if (thing) {
          Object.assign(thing, { size: resource.parameters.size });
        }
        return good.observe(resource, context);
      },
    }),
  ],
  [
    'finds and names what was changed by hand, and mends it',
    good => ({
      apply: async (resource, context) =>
        resource.outputs.user
          ? { outputs: resource.outputs }
          : good.apply(resource, context),
    }),
  ],
  [
    'finds and names what was changed by hand, and mends it',
    good => ({
      plan: async (...asked) => {
        const plan = await good.plan(...asked);
        const fields = plan.fields.map(({ dataLoss, ...change }) => ({
          ...change,
          field: 'something',
        }));
        return { ...plan, fields };
      },
    }),
  ],
  [
    'sees that it was taken away by hand, and makes it again',
    good => ({
      observe: async (resource, context) =>
        resource.outputs.user
          ? { exists: true, attributes: { size: 2, access: true } }
          : good.observe(resource, context),
    }),
  ],
  [
    'plans a change field by field, and makes it',
    good => ({
      plan: async (...asked) => {
        const plan = await good.plan(...asked);
        return plan.action === 'update' ? { action: 'none', fields: [] } : plan;
      },
    }),
  ],
  [
    'completes a change that a crash anywhere left half made',
    (good, world) => ({
      apply: async (resource, context) => {
        const thing = world.things.get(nameOf(resource));
        if (thing?.content === 'changing') {
          return { outputs: resource.outputs };
        }
        if (thing && thing.size !== resource.parameters.size) {
          world.change(() => Object.assign(thing, { content: 'changing' }));
          const applied = await good.apply(resource, context);
          delete thing.content;
          return applied;
        }
        return good.apply(resource, context);
      },
    }),
  ],
  [
    'flags the data that a change would lose, where one does',
    good => ({
      plan: async (...asked) => {
        const plan = await good.plan(...asked);
        const fields = plan.fields.map(({ dataLoss, ...change }) => change);
        return { ...plan, fields };
      },
    }),
  ],
];
