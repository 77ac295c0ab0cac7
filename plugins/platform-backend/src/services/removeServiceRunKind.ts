import type {
  Deployment,
  PlannedChange,
} from '@slipway/plugin-platform-common';
import {
  createRunKind,
  type Forge,
  type RunKind,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Environments } from '../environments';
import type { ServiceStore } from './ServiceStore';
import { takeAway, type TakeAwayDependencies } from './takeAway';

export const REMOVE_SERVICE_RUN_KIND = 'remove-service';

const input = z.strictObject({ service: z.string().min(1) });

/** What the steps of removing a service work with. */
export interface RemoveServiceDependencies extends TakeAwayDependencies {
  deployments: {
    current(services: string[]): Promise<Array<{ serving?: Deployment }>>;
  };
  environments: Pick<Environments, 'get'>;
  forge: Forge;
  services: Pick<ServiceStore, 'get' | 'forget'>;
}

/**
 * The end of a service as a run: take it out of every environment, destroy the resources that were made for it alone, delete its repository.
 * What it shares with others stays. Only the resources can be had back, for as long as their definitions say.
 */
export function createRemoveServiceRunKind(
  dependencies: RemoveServiceDependencies,
): RunKind {
  const { connections, environments, forge, services } = dependencies;

  /** Everything that goes, with where it is. */
  async function everything(
    service: string,
  ): Promise<Array<{ environment?: string; change: PlannedChange }>> {
    const current = await dependencies.deployments.current([service]);
    const serving = current.flatMap(each => each.serving ?? []);
    return [
      ...serving.map(({ environment }) => ({
        environment,
        change: {
          action: 'remove' as const,
          what: `service ${service} in ${environment}`,
        },
      })),
      ...(await connections.own.plan({ service })),
      {
        change: {
          action: 'remove',
          what: `repository ${service}`,
          dataLoss: 'Its files and their history are lost for good.',
        },
      },
    ];
  }

  return createRunKind({
    id: REMOVE_SERVICE_RUN_KIND,
    version: 1,
    input,
    title: ({ service }) => `Remove ${service}`,
    async subject({ service }) {
      const { owner } = await services.get(service);
      const touched = (await everything(service)).flatMap(
        ({ environment }) => environment ?? [],
      );
      return {
        target: `service:${service}`,
        owner,
        service,
        // Where one of them is protected, a second person has to agree to all of it.
        environment: touched.find(
          name => environments.get(name)?.protected ?? true,
        ),
      };
    },
    plan: async ({ service }) =>
      (await everything(service)).map(({ change }) => change),
    steps: [
      {
        id: 'take-down',
        title: 'Take it out of its environments',
        execute: context =>
          dependencies.removal.takeDown(context.input.service, context),
      },
      {
        id: 'resources',
        title: 'Destroy what only it used',
        execute: context =>
          takeAway(dependencies, context.input.service, context, 'resources'),
      },
      {
        id: 'repository',
        title: 'Delete the repository',
        async execute(context) {
          const { service } = context.input;
          if (await forge.deleteRepository(service)) {
            context.log(`The repository ${service} is gone.`);
          }
          // A push may have come before: only now none can bring anything back.
          const wait = await takeAway(
            dependencies,
            service,
            context,
            'repository',
          );
          if (!wait) {
            await services.forget(service);
            context.log(`The name ${service} is free.`);
          }
          return wait;
        },
      },
    ],
  });
}
