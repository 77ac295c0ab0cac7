import { ConflictError } from '@backstage/errors';
import {
  type PlannedChange,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { ResourceProvider, RunKind } from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { requireState } from '../requireState';
import { connectionsTo } from '../store/connections';
import { actedOn, actingStep, verifyStep } from './commonSteps';
import { resourceInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';
import { redeployConnected } from './redeployConnected';

const REDEPLOY = 'redeploy';

/**
 * Issues a second credential, deploys the connected services with it, and only then revokes the first. Works where the key of the stored
 * secrets is lost: afterwards they can be read again.
 */
export function createRotateRunKind(dependencies: KindDependencies): RunKind {
  const { knex, acts } = dependencies;
  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.rotate,
    verb: 'Rotate the credentials of',
    input: resourceInput,
    async prepare(row) {
      requireState(row, 'given new credentials', ['ready', 'failed']);
      rotationOf(acts.planned(row).provider);
      const connections = await connectionsTo(knex, [row.id]);
      const services = new Set(connections.map(({ service }) => service));
      return {
        state: 'changing',
        changes: [
          {
            action: 'change',
            what: describeResource(row),
            detail: 'new credentials; the old ones work until all use the new',
          },
          ...[...services].map((service): PlannedChange => ({
            action: 'change',
            what: `service ${service} in ${row.environment}`,
            detail: 'the release that serves is deployed again with them',
          })),
        ],
      };
    },
    steps: [
      actingStep({
        id: 'issue',
        title: 'Issue new credentials',
        async execute(context) {
          const row = await actedOn(dependencies, context);
          // What is stored came from this very step: issuing again would end the credential that is in use.
          if (row.outputs_from === context.idempotencyKey) {
            return;
          }
          await acts.actAndKeep(
            context,
            row,
            { what: 'issue credentials of', unreadable: 'do without' },
            (provider, resource, given) =>
              rotationOf(provider).issue(resource, given),
            { rotated_at: new Date() },
          );
        },
      }),
      actingStep({
        id: REDEPLOY,
        title: 'Deploy what uses it',
        execute: async context =>
          redeployConnected(
            dependencies,
            await actedOn(dependencies, context),
            context,
            REDEPLOY,
          ),
      }),
      actingStep({
        id: 'revoke',
        title: 'Revoke the old credentials',
        async execute(context) {
          const row = await actedOn(dependencies, context);
          await acts.act(
            context,
            row,
            { what: 'revoke credentials of' },
            (provider, resource, given) =>
              rotationOf(provider).revoke(resource, given),
          );
        },
      }),
      verifyStep(dependencies),
    ],
  });
}

function rotationOf({ name, rotation }: ResourceProvider) {
  if (!rotation) {
    throw new ConflictError(
      `The provider ${name} can't change credentials while they are in use.`,
    );
  }
  return rotation;
}
