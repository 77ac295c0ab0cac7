import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  OPERATION_RUN_KINDS,
  type ServiceOperation,
} from '@slipway/plugin-platform-common';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runOutput, type Zod } from './schemas';

const place = (zod: Zod) => ({
  service: zod.string().describe('The name of the service.'),
  environment: zod.string().describe('The name of the environment.'),
  reason: zod.string().trim().min(1).max(200).optional(),
});

const operations: Record<
  ServiceOperation,
  { title: string; description: string; destructive: boolean }
> = {
  scale: {
    title: 'Scale a service',
    description:
      'Runs as many processes of a service in an environment; requests are shared among them, and none fails meanwhile. Kept for later releases.',
    destructive: false,
  },
  restart: {
    title: 'Restart a service',
    description:
      'Replaces the processes of a service in an environment, one by one, each once the new one is ready.',
    destructive: false,
  },
  stop: {
    title: 'Stop a service',
    description:
      'Stops what serves in an environment. Requests are told so; its resources stay, and start-service brings it back.',
    destructive: true,
  },
  start: {
    title: 'Start a service',
    description: 'Brings back what was stopped, with the same release.',
    destructive: false,
  },
};

/** What people do with what serves. */
export function registerScaling(
  registry: ActionsRegistryService,
  { operations: runs }: ActionOptions,
): void {
  for (const name of ['scale', 'restart', 'stop', 'start'] as const) {
    const { title, description, destructive } = operations[name];
    const kind = OPERATION_RUN_KINDS[name];
    registry.register({
      name: kind,
      title,
      description,
      attributes: { destructive, idempotent: false },
      schema: {
        input: zod =>
          zod
            .object({
              ...place(zod),
              ...(name === 'scale' && {
                replicas: zod.number().int().min(1).describe('How many.'),
              }),
            })
            .strict(),
        output: runOutput,
      },
      action: async ({ input, credentials }) =>
        outputOf(await runs.start(credentials, { kind, input }, undefined)),
    });
  }
}
