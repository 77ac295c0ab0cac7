import {
  createResourceProvider,
  OperationFailedError,
  planByAttributes,
  type ProvidedResource,
  type ProviderContext,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ThingStore } from './ThingStore';

/** The longest that one half of an act takes, in milliseconds, so that a strike may hit anywhere in it. */
const PAUSE_MS = 150;
/** How often an act fails so that it is tried again, and so that it isn't. */
const PASSING = 0.1;
const FINAL = 0.03;

const parameters = z.strictObject({
  size: z.enum(['small', 'large']).default('small'),
});

/** A resource provider of the test's own, as a careful author would write it: slow, and failing now and then. */
export function createThingProvider(things: ThingStore): ResourceProvider {
  /** Acts in the middle of a while that nobody knows beforehand. */
  async function act<T>(
    name: string,
    { signal }: ProviderContext,
    work: () => Promise<T>,
  ): Promise<T> {
    await things.begin(name);
    await pause(signal);
    maybeFail(name);
    const result = await work();
    await pause(signal);
    maybeFail(name);
    return result;
  }

  const outputs = ({ id }: ProvidedResource, password: string) => ({
    outputs: { address: `thing:${id}`, password },
  });

  return createResourceProvider<z.infer<typeof parameters>>({
    name: 'things',
    type: 'thing',
    title: 'Thing',
    description: 'A row in the world outside',
    parameters,
    outputs: {
      address: { description: 'Which one it is' },
      password: { description: 'What lets in', secret: true },
    },
    timeoutMs: 20_000,

    plan: async (resource, observation) =>
      planByAttributes({ wanted: { ...resource.parameters }, observation }),

    observe: async ({ id }) => {
      const thing = await things.find(id);
      return thing && !thing.suspended
        ? { exists: true, attributes: { size: thing.size } }
        : { exists: false, attributes: {} };
    },

    apply: (resource, context) =>
      act('apply', context, async () => {
        const password =
          resource.outputs.password ?? (await context.password('first'));
        await things.make(resource.id, resource.parameters.size, password);
        return outputs(resource, password);
      }),

    destroy: ({ id }, context) =>
      act('destroy', context, () => things.remove(id)),

    softDelete: {
      suspend: ({ id }, context) =>
        act('suspend', context, () => things.suspend(id, true)),
      restore: (resource, context) =>
        act('restore', context, async () => {
          await things.suspend(resource.id, false);
          return outputs(resource, resource.outputs.password);
        }),
    },

    rotation: {
      issue: (resource, context) =>
        act('issue', context, async () => {
          const password = await context.password('next');
          await things.letIn(resource.id, password);
          return outputs(resource, password);
        }),
      revoke: (resource, context) =>
        act('revoke', context, () =>
          things.letInOnly(resource.id, resource.outputs.password),
        ),
    },
  });
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(Math.random() * PAUSE_MS, undefined, { signal });
}

function maybeFail(act: string): void {
  const chance = Math.random();
  if (chance < FINAL) {
    throw new OperationFailedError({ message: `To ${act} fails, by chance.` });
  }
  if (chance < FINAL + PASSING) {
    throw new Error(`To ${act} fails this time, by chance.`);
  }
}
