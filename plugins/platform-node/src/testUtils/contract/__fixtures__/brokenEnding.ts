import type { BrokenProvider } from './BrokenProvider';
import { nameOf } from './createMemoryProvider';

/** Providers that take a thing away wrongly, or tell secrets. */
export const brokenEnding: BrokenProvider[] = [
  [
    'destroys it, again where it is gone already, and makes it anew',
    () => ({ destroy: async () => undefined }),
  ],
  [
    'destroys what never was, and what was taken away by hand',
    (good, world) => ({
      destroy: async (resource, context) => {
        if (!world.things.has(nameOf(resource))) {
          throw new Error('There is no such thing.');
        }
        return good.destroy(resource, context);
      },
    }),
  ],
  [
    'destroys what a crash anywhere left half made',
    (good, world) => ({
      destroy: async (resource, context) => {
        if (world.things.get(nameOf(resource))?.access) {
          await good.destroy(resource, context);
        }
      },
    }),
  ],
  [
    'completes what a crash anywhere left half destroyed',
    (good, world) => ({
      destroy: async (resource, context) => {
        const thing = world.things.get(nameOf(resource));
        if (thing?.access) {
          world.change(() => {
            thing.access = false;
          });
          await good.destroy(resource, context);
        }
      },
    }),
  ],
  [
    'marks secret outputs, and has them redacted',
    ({ outputs }) => ({
      outputs: { ...outputs, password: { description: 'What lets one in' } },
    }),
  ],
  [
    'marks secret outputs, and has them redacted',
    ({ outputs }) => ({
      outputs: { ...outputs, user: { description: 'Who', secret: true } },
    }),
  ],
  [
    'says no secret in log, plan, observation, state or open output',
    good => ({
      apply: async (resource, context) => {
        const applied = await good.apply(resource, context);
        context.log(`The password is ${applied.outputs.password}.`);
        return applied;
      },
    }),
  ],
  [
    'says no secret in log, plan, observation, state or open output',
    good => ({
      observe: async (resource, context) => {
        const { exists, attributes } = await good.observe(resource, context);
        const { password = '' } = resource.outputs;
        return { exists, attributes: { ...attributes, password } };
      },
    }),
  ],
];
