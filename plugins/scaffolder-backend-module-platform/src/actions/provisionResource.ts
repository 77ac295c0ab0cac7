import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type ProvisionInput,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { PlatformAccessOptions } from '../PlatformAccess';
import { runOfKind } from '../runs/runOfKind';
import { examples } from './provisionResource.examples';

/**
 * Makes the action that provisions a resource: a run on the platform makes it, and ends where it was verified. A task that is tried
 * again goes on with the run it started.
 */
export function createProvisionResourceAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:resource:provision',
    description:
      'Makes a database, a cache or whatever else the platform offers, as one run that can be retried and undone. Approvals it needs are waited for, too.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        type: z =>
          z.string({ description: 'The resource type, such as postgres' }),
        name: z =>
          z.string({
            description:
              'Its name, unique in its environment: lower-case letters, digits and hyphens',
          }),
        environment: z => z.string({ description: 'Where it is made' }),
        owner: z =>
          z.string({
            description:
              'Entity reference of the team that will own it, such as group:default/payments; you must belong to it',
          }),
        class: z =>
          z
            .string({
              description:
                'A class of the type, such as small; left out, default',
            })
            .optional(),
        parameters: z =>
          z
            .record(z.any())
            .optional()
            .describe('What its type takes; left out, as its class says'),
        timeToLiveMs: z =>
          z
            .number({
              description:
                'How long it lives, in milliseconds; left out, as its class says',
            })
            .optional(),
        planDigest: z =>
          z
            .string({
              description:
                'Digest of the plan that was shown; where the plan is another one by now, nothing is started',
            })
            .optional(),
      },
      output: {
        resourceId: z => z.string({ description: 'The resource' }),
        entityRef: z => z.string({ description: 'What the catalog calls it' }),
        url: z =>
          z.string({ description: 'Page of the resource in the portal' }),
        runId: z => z.string({ description: 'The run that made it' }),
        runUrl: z => z.string({ description: 'Page of that run' }),
      },
    },
    async handler(ctx) {
      const { planDigest, ...given } = ctx.input;
      const input: ProvisionInput = given;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would make the ${input.type} ${input.name} in ${input.environment}`,
        );
        return;
      }
      const { run, access } = await runOfKind(ctx, options, {
        kind: RESOURCE_RUN_KINDS.provision,
        input,
        planDigest,
      });
      const resourceId = String(run.output?.resourceId);
      ctx.output('resourceId', resourceId);
      ctx.output('entityRef', String(run.output?.entityRef));
      ctx.output('url', access.resourceUrl(resourceId));
      ctx.output('runId', run.id);
      ctx.output('runUrl', access.runUrl(run.id));
    },
  });
}
