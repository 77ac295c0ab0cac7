import type { VolumeStatus } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError } from '../AgentError';
import type { VolumeRegistry } from '../volumes/VolumeRegistry';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { sendJson, sendNothing } from './answer';
import type { Exchange, Routes } from './Exchange';
import { parse } from './parse';
import { readJson } from './readJson';
import { idSchema, volumeRequestSchema } from './schemas';

/** Volumes, by the id of their resource. Those that a workload runs with stay. */
export function volumeRoutes({
  volumes,
  registry,
}: {
  volumes: VolumeRegistry;
  registry: WorkloadRegistry;
}): Routes {
  return {
    'PUT /volumes/:id': async ({ request, response, params }) => {
      const wanted = parse(volumeRequestSchema, await readJson(request));
      sendJson<VolumeStatus>(response, volumes.put(idOf(params), wanted));
    },

    'GET /volumes/:id': ({ response, params }) => {
      const status = volumes.status(idOf(params));
      if (!status) {
        throw new AgentError('NotFoundError', 'There is no such volume.');
      }
      sendJson<VolumeStatus>(response, status);
    },

    'POST /volumes/:id/suspend': ({ response, params }) => {
      const id = idOf(params);
      registry.requireUnused(id);
      volumes.suspend(id);
      sendNothing(response);
    },

    'POST /volumes/:id/restore': ({ response, params }) => {
      sendJson<VolumeStatus>(response, volumes.restore(idOf(params)));
    },

    'DELETE /volumes/:id': async ({ response, params }) => {
      const id = idOf(params);
      registry.requireUnused(id);
      await volumes.remove(id);
      sendNothing(response);
    },
  };
}

function idOf({ id }: Exchange['params']): string {
  return parse(idSchema, id, 'the id');
}
