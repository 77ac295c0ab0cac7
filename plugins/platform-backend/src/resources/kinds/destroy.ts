import { ConflictError } from '@backstage/errors';
import {
  type PlannedChange,
  PLATFORM_ACTOR,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type RunKind,
} from '@slipway/plugin-platform-node';
import { inWords } from '../lifetime';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import { connectionsTo, disconnectDeployments } from '../store/connections';
import type { ResourceRow } from '../store/rows';
import { actedOn, actingStep, lastStep } from './commonSteps';
import { destroyInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

/** What nobody needs of a resource that isn't there any more. */
export const GONE = {
  secrets: null,
  secrets_key: null,
  outputs: {},
  drift: null,
  purge_at: null,
  expires_at: null,
  warn_at: null,
};

/**
 * Takes a resource away. Where data could be lost, only access is taken first, and the resource is kept for as long as its definition says.
 * Refused while services are connected, unless they go too.
 */
export function createDestroyRunKind(dependencies: KindDependencies): RunKind {
  const { knex, acts, announcer, redeployer } = dependencies;

  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.destroy,
    verb: 'Destroy',
    input: destroyInput,
    async prepare(row, { withConnected }) {
      requireState(row, 'destroyed', ['ready', 'failed']);
      const services = await connectedServices(knex, row);
      if (!withConnected) {
        requireUnused(row, services);
      }
      return {
        state: 'destroying',
        // Nothing is connected to what is being destroyed; until then, a deployment may be.
        guard: async trx => {
          if (!withConnected) {
            requireUnused(row, await connectedServices(trx, row));
          }
        },
        changes: [
          ...services.map((service): PlannedChange => ({
            action: 'remove',
            what: `service ${service} in ${row.environment}`,
          })),
          removal(row, isKept(dependencies, row)),
        ],
      };
    },
    requireStill(row, { requestedBy }) {
      const expiresAt = row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
      if (requestedBy === PLATFORM_ACTOR && expiresAt > Date.now()) {
        throw new OperationFailedError({
          message: `${describeResource(row)} was extended meanwhile, so it stays.`,
        });
      }
    },
    steps: [
      actingStep({
        id: 'disconnect',
        title: 'Take down what uses it',
        async execute(context) {
          const row = await actedOn(dependencies, context);
          for (const service of await connectedServices(knex, row)) {
            const there = { service, environment: row.environment };
            const wait = await redeployer.takeDown(there, context);
            if (wait) {
              return wait;
            }
            const left = await disconnectDeployments(knex, there);
            left.forEach(each => announcer.changed(each));
          }
          return undefined;
        },
      }),
      lastStep(dependencies, {
        id: 'remove',
        title: 'Take it away',
        leaves: ['deleted', 'destroyed'],
        async finish(row, context) {
          const kept = isKept(dependencies, row);
          await acts.act(
            context,
            row,
            { what: 'destroy', unreadable: 'do without' },
            (provider, resource, given) =>
              kept && provider.softDelete
                ? provider.softDelete.suspend(resource, given)
                : provider.destroy(resource, given),
          );
          const now = new Date();
          const until = new Date(now.getTime() + Number(row.retention_ms));
          return acts.move(
            row,
            context.runId,
            kept ? 'deleted' : 'destroyed',
            kept
              ? { deleted_at: now, purge_at: until, drift: null }
              : { ...GONE, deleted_at: now },
          );
        },
        output: ({ purge_at: until }) =>
          until ? { restorableUntil: until.toISOString() } : {},
      }),
    ],
  });
}

/** Whether it can be restored afterwards: what never was ready has nothing in it, but for what was there before the platform. */
function isKept({ acts }: KindDependencies, row: ResourceRow): boolean {
  const { provider } = acts.planned(row);
  return (
    provider.softDelete !== undefined &&
    Number(row.retention_ms) > 0 &&
    (row.ready_at !== null || row.adopted)
  );
}

function removal(row: ResourceRow, kept: boolean): PlannedChange {
  const change = { action: 'remove' as const, what: describeResource(row) };
  return kept
    ? {
        ...change,
        detail: `kept for ${inWords(Number(row.retention_ms))}, and can be restored until then`,
      }
    : { ...change, dataLoss: 'Everything in it is lost for good.' };
}

/** Throws `ConflictError` where services use it. */
export function requireUnused(row: ResourceRow, services: string[]): void {
  if (services.length > 0) {
    throw new ConflictError(
      `${describeResource(row)} is used by ${services.join(', ')}. Take it out of their score.yaml and deploy them first, or destroy it together with them in ${row.environment} (withConnected).`,
    );
  }
}

/** The names of the services that use a resource. */
export async function connectedServices(
  knex: KindDependencies['knex'],
  { id }: ResourceRow,
): Promise<string[]> {
  const connections = await connectionsTo(knex, [id]);
  return [...new Set(connections.map(({ service }) => service))];
}
