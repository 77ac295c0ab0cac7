import { REMOVE_PREVIEW_RUN_KIND } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  OperationFailedError,
  type RunKind,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { RunEvents } from '../runs';
import type { ServiceStore, TakeAwayDependencies } from '../services';
import { environmentOf, type PreviewStore } from './PreviewStore';

const input = z.strictObject({
  previewId: z.string(),
  service: z.string(),
  environment: z.string(),
  branch: z.string(),
  reason: z.string(),
});

export type RemovePreviewInput = z.infer<typeof input>;

/** What the steps of removing a preview work with. */
export interface RemovePreviewDependencies extends TakeAwayDependencies {
  store: PreviewStore;
  services: Pick<ServiceStore, 'find'>;
  events: Pick<RunEvents, 'publish'>;
}

/** The end of a preview as a run: what runs in it is stopped, its resources are destroyed, and it is forgotten. */
export function createRemovePreviewRunKind(
  dependencies: RemovePreviewDependencies,
): RunKind {
  const { store, services, removal, connections, events } = dependencies;
  return createRunKind({
    id: REMOVE_PREVIEW_RUN_KIND,
    version: 1,
    input,
    title: ({ service, branch }) =>
      `Remove the preview of ${service} ${branch}`,
    async subject({ service, environment }) {
      const owner = (await services.find(service))?.owner;
      if (!owner) {
        throw new OperationFailedError({
          message: `${service} is gone, and its previews with it.`,
        });
      }
      return { target: `preview:${environment}`, owner, service };
    },
    plan: async ({ service, environment }) => [
      { action: 'remove', what: `service ${service} in ${environment}` },
      ...(await connections.own.plan({ service, preview: environment })).map(
        ({ change }) => change,
      ),
    ],
    steps: [
      {
        id: 'take-down',
        title: 'Stop what runs in it',
        execute: context =>
          removal.takeDown(
            context.input.service,
            context,
            context.input.environment,
          ),
      },
      {
        id: 'resources',
        title: 'Destroy its resources',
        execute: async context => {
          const { service, environment } = context.input;
          return connections.own.destroy(
            { service, preview: environment },
            await connections.onBehalfOf(context, 'resources'),
          );
        },
      },
      {
        id: 'forget',
        title: 'Forget it',
        async execute({ input: { previewId, service }, log }) {
          const row = await store.get(previewId);
          await store.removed(previewId);
          events.publish({ type: 'service', service });
          log(`${row ? environmentOf(row) : 'It'} is gone.`);
        },
      },
    ],
  });
}
