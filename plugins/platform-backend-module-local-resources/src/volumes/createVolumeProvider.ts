import type {
  VolumeRequest,
  VolumeStatus,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import {
  createResourceProvider,
  planByAttributes,
  type ProvidedResource,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Agent } from '../Agent';
import { lookUp } from '../lookUp';

/** As disks are sold: a million bytes. */
const MEGABYTE = 1_000_000;
const LARGEST_MB = 1_000_000;

const parameters = z.strictObject({
  sizeMb: z
    .number()
    .int()
    .min(1)
    .max(LARGEST_MB)
    .default(1_000)
    .describe('How much it may hold, in MB. A service that fills it is told.'),
});
type Parameters = z.infer<typeof parameters>;

/**
 * A folder on the agent's machine, which services find where their `score.yaml` says. Its size is watched, not enforced; the agent's
 * README says why.
 */
export function createVolumeProvider(agent: Agent): ResourceProvider {
  return createResourceProvider<Parameters>({
    name: 'local-volume',
    type: 'volume',
    title: 'Volume',
    description:
      'A folder that outlives releases, for one service or several, on the machine that they run on.',
    parameters,
    outputs: {
      source: {
        description: 'What a volume of a container names as its source.',
      },
    },

    async plan(resource, observation) {
      const { sizeMb } = resource.parameters;
      return planByAttributes({
        wanted: { sizeMb, writable: true },
        observation,
      });
    },

    async observe(resource, { signal }) {
      const volume = await lookUp<VolumeStatus>(
        agent,
        pathOf(resource),
        signal,
      );
      if (volume?.state !== 'ready') {
        return { exists: false, attributes: {} };
      }
      return {
        exists: true,
        attributes: {
          sizeMb: volume.quotaBytes / MEGABYTE,
          writable: volume.isWritable,
        },
        warning: volume.problem,
      };
    },

    async apply(resource, { signal }) {
      await agent.json<VolumeStatus>(pathOf(resource), {
        method: 'PUT',
        body: {
          name: resource.name,
          quotaBytes: resource.parameters.sizeMb * MEGABYTE,
        } satisfies VolumeRequest,
        signal,
      });
      return outputsOf(resource);
    },

    async destroy(resource, { signal }) {
      await agent.send(pathOf(resource), { method: 'DELETE', signal });
    },

    softDelete: {
      async suspend(resource, { signal }) {
        await agent.send(`${pathOf(resource)}/suspend`, {
          method: 'POST',
          signal,
        });
      },
      async restore(resource, { signal }) {
        await agent.json<VolumeStatus>(`${pathOf(resource)}/restore`, {
          method: 'POST',
          signal,
        });
        return outputsOf(resource);
      },
    },
  });
}

function outputsOf({ id }: Pick<ProvidedResource, 'id'>) {
  return { outputs: { source: id } };
}

function pathOf({ id }: Pick<ProvidedResource, 'id'>): string {
  return `/volumes/${encodeURIComponent(id)}`;
}
