import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ReleaseHold } from '@slipway/plugin-platform-common';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runOutput, type Zod } from './schemas';

const service = (zod: Zod) => zod.string().describe('The name of the service.');
const reason = (zod: Zod) => zod.string().trim().min(1).max(500);

const hold = (zod: Zod) =>
  zod.object({
    id: zod.string(),
    service: zod.string(),
    release: zod.number().describe('The number of the release.'),
    artifactDigest: zod.string(),
    reason: zod.string(),
    placedBy: zod.string(),
    placedAt: zod.string(),
    isLifted: zod.boolean(),
  });

const holdOf = ({ lifted, verdict: _, ...shown }: ReleaseHold) => ({
  ...shown,
  isLifted: lifted !== undefined,
});

/** What people do with releases, beside deploying them: that is a run. */
export function registerDeliveries(
  registry: ActionsRegistryService,
  { deliveries }: ActionOptions,
): void {
  registry.register({
    name: 'list-deployments',
    title: 'List deployments',
    description:
      'Which release was brought where, why and how it went, newest first. Of one service, or of all.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            service: service(zod).optional(),
            environment: zod.string().optional(),
            limit: zod.number().int().min(1).max(200).default(25),
          })
          .strict(),
      output: zod =>
        zod.object({
          deployments: zod.array(
            zod.object({
              id: zod.string(),
              runId: zod.string(),
              service: zod.string(),
              environment: zod.string(),
              release: zod.number(),
              releaseId: zod
                .string()
                .describe('What "deploy" brings somewhere else.'),
              digest: zod.string(),
              state: zod.string(),
              cause: zod.string(),
              createdAt: zod.string(),
            }),
          ),
        }),
    },
    action: async ({ input: { limit, ...filter }, credentials }) => {
      const { items } = await deliveries.list(credentials, filter, { limit });
      return {
        output: {
          deployments: items.map(({ release, ...deployment }) => ({
            id: deployment.id,
            runId: deployment.runId,
            service: deployment.service,
            environment: deployment.environment,
            release: release.number,
            releaseId: release.id,
            digest: release.artifactDigest,
            state: deployment.state,
            cause: deployment.cause,
            createdAt: deployment.createdAt,
          })),
        },
      };
    },
  });

  registry.register({
    name: 'roll-back-service',
    title: 'Roll a service back',
    description:
      'Brings back the release that served before in an environment, or the one named. Cancels the deployment under way there.',
    attributes: { destructive: true, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            service: service(zod),
            environment: zod.string(),
            releaseId: zod
              .string()
              .optional()
              .describe('Left out, the one that served before.'),
            reason: reason(zod).optional(),
          })
          .strict(),
      output: runOutput,
    },
    action: async ({ input: { service: name, ...request }, credentials }) =>
      outputOf(
        await deliveries.rollBack(credentials, name, request, undefined),
      ),
  });

  registry.register({
    name: 'hold-release',
    title: 'Hold a release',
    description:
      'Keeps what a release was built from from being deployed anywhere, until the hold is lifted. Where it serves, it goes on.',
    attributes: { destructive: false, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            service: service(zod),
            release: zod.number().int().min(1).describe('42 of v42.'),
            reason: reason(zod),
          })
          .strict(),
      output: zod => zod.object({ hold: hold(zod) }),
    },
    action: async ({ input: { service: name, ...request }, credentials }) => ({
      output: {
        hold: holdOf(await deliveries.placeHold(credentials, name, request)),
      },
    }),
  });

  registry.register({
    name: 'lift-hold',
    title: 'Lift a hold',
    description: 'Lets a release that was held be deployed again.',
    attributes: { destructive: false, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            service: service(zod),
            id: zod.string().describe('The id of the hold.'),
            reason: reason(zod),
          })
          .strict(),
      output: zod => zod.object({ hold: hold(zod) }),
    },
    action: async ({ input, credentials }) => ({
      output: {
        hold: holdOf(
          await deliveries.liftHold(
            credentials,
            input.service,
            input.id,
            input.reason,
          ),
        ),
      },
    }),
  });
}
