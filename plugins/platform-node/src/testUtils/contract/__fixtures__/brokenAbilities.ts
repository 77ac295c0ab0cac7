import type { BrokenProvider } from './BrokenProvider';
import { nameOf } from './createMemoryProvider';

/** Providers that have an ability, and not as it should be. */
export const brokenAbilities: BrokenProvider[] = [
  [
    'accepts what was changed by hand as what was asked for',
    () => ({ acceptDrift: ({ parameters }) => parameters }),
  ],
  [
    'accepts what was changed by hand as what was asked for',
    () => ({ acceptDrift: () => undefined }),
  ],
  [
    'suspends it, twice: nobody can use it; then restores it, twice',
    ({ softDelete }) => ({
      softDelete: softDelete && {
        ...softDelete,
        suspend: async () => undefined,
      },
    }),
  ],
  [
    'frees the name of what it suspended',
    ({ softDelete, apply }, world) => ({
      apply: async (resource, context) => {
        if ([...world.things.values()].some(({ access }) => !access)) {
          throw new Error('The name is taken.');
        }
        return apply(resource, context);
      },
      softDelete,
    }),
  ],
  [
    'destroys what it suspended',
    (good, world) => ({
      destroy: async (resource, context) => {
        if (world.things.get(nameOf(resource))?.content && !resource.service) {
          return;
        }
        await good.destroy(resource, context);
      },
    }),
  ],
  [
    'completes what a crash anywhere left half suspended',
    ({ softDelete }, world) => ({
      softDelete: softDelete && {
        ...softDelete,
        suspend: async (resource, context) => {
          const thing = world.things.get(nameOf(resource));
          if (thing && !thing.takenBy) {
            world.change(() => Object.assign(thing, { takenBy: resource.id }));
            await softDelete.suspend(resource, context);
          }
        },
      },
    }),
  ],
  [
    'restores what a crash anywhere left half suspended',
    ({ softDelete }, world) => ({
      softDelete: softDelete && {
        suspend: async (resource, context) => {
          const thing = world.things.get(nameOf(resource));
          world.change(() => Object.assign(thing ?? {}, { takenBy: 'half' }));
          await softDelete.suspend(resource, context);
          Object.assign(thing ?? {}, { takenBy: resource.id });
        },
        restore: async (resource, context) => {
          if (world.things.get(nameOf(resource))?.takenBy === 'half') {
            throw new Error('It is half suspended.');
          }
          return softDelete.restore(resource, context);
        },
      },
    }),
  ],
  [
    'completes what a crash anywhere left half restored',
    ({ softDelete }, world) => ({
      softDelete: softDelete && {
        ...softDelete,
        restore: async (resource, context) => {
          const thing = world.things.get(nameOf(resource));
          if (thing?.takenBy === 'restoring') {
            throw new Error('It is being restored.');
          }
          const before = thing?.takenBy;
          world.change(() =>
            Object.assign(thing ?? {}, { takenBy: 'restoring' }),
          );
          const applied = await softDelete.restore(resource, context);
          Object.assign(thing ?? {}, { takenBy: before });
          return applied;
        },
      },
    }),
  ],
  [
    'rotates again and again: two are valid between issue and revoke',
    ({ rotation }) => ({
      rotation: rotation && { ...rotation, revoke: async () => undefined },
    }),
  ],
  [
    'rotates again and again: two are valid between issue and revoke',
    ({ rotation }) => ({
      rotation: rotation && {
        ...rotation,
        issue: async (resource, context) => {
          const issued = await rotation.issue(resource, context);
          await rotation.revoke({ ...resource, ...issued }, context);
          return issued;
        },
      },
    }),
  ],
  [
    'issues one when asked twice under the same key',
    ({ rotation }) => {
      let calls = 0;
      return {
        rotation: rotation && {
          ...rotation,
          issue: (resource, context) => {
            calls += 1;
            const password = () => context.password(`password-${calls}`);
            return rotation.issue(resource, { ...context, password });
          },
        },
      };
    },
  ],
  [
    'keeps the credentials that rotation issued when it is applied',
    good => ({
      apply: (resource, context) =>
        good.apply({ ...resource, outputs: {} }, context),
    }),
  ],
  [
    'gives a rotation up, and begins another',
    ({ rotation }, world) => ({
      rotation: rotation && {
        ...rotation,
        issue: (resource, context) => {
          const { passwords = {} } = world.things.get(nameOf(resource)) ?? {};
          if (Object.keys(passwords).length > 1) {
            throw new Error('A rotation is under way.');
          }
          return rotation.issue(resource, context);
        },
      },
    }),
  ],
  [
    'completes what a crash anywhere left half issued',
    ({ rotation }, world) => ({
      rotation: rotation && {
        ...rotation,
        issue: async (resource, context) => {
          const thing = world.things.get(nameOf(resource));
          if (thing?.takenBy) {
            throw new Error('It is being issued.');
          }
          world.change(() => Object.assign(thing ?? {}, { takenBy: 'issue' }));
          const issued = await rotation.issue(resource, context);
          delete thing?.takenBy;
          return issued;
        },
      },
    }),
  ],
  [
    'completes what a crash anywhere left half revoked',
    ({ rotation }, world) => ({
      rotation: rotation && {
        ...rotation,
        revoke: async (resource, context) => {
          const thing = world.things.get(nameOf(resource));
          if (thing?.takenBy) {
            return;
          }
          world.change(() => Object.assign(thing ?? {}, { takenBy: 'revoke' }));
          await rotation.revoke(resource, context);
          delete thing?.takenBy;
        },
      },
    }),
  ],
  [
    'finds what exists, as it is, and adopts it with its data, twice',
    ({ adoption }, world) => ({
      adoption: adoption && {
        ...adoption,
        adopt: async (resource, existing, context) => {
          const thing = world.things.get(String(existing.name));
          delete thing?.content;
          return adoption.adopt(resource, existing, context);
        },
      },
    }),
  ],
  [
    'completes what a crash anywhere left half adopted',
    ({ adoption }, world) => ({
      adoption: adoption && {
        ...adoption,
        adopt: async (resource, existing, context) => {
          const thing = world.things.get(String(existing.name));
          if (thing?.takenBy === resource.id && !resource.outputs.user) {
            throw new Error('It is taken.');
          }
          return adoption.adopt(resource, existing, context);
        },
      },
    }),
  ],
  [
    'lets go of what it adopted, so that another can adopt it',
    ({ adoption }) => ({
      adoption: adoption && { ...adoption, release: async () => undefined },
    }),
  ],
  [
    'refuses to adopt what is not there',
    ({ adoption }) => ({
      adoption: adoption && {
        ...adoption,
        find: async () => ({ what: 'anything', parameters: { size: 1 } }),
      },
    }),
  ],
];
