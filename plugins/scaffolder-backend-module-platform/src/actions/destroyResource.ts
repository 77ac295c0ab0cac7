import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type DestroyInput,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { PlatformAccessOptions } from '../PlatformAccess';
import { runOfKind } from '../runs/runOfKind';
import { examples } from './destroyResource.examples';

/**
 * Makes the action that destroys a resource, as a run on the platform. A task that is tried again goes on with the run it started.
 */
export function createDestroyResourceAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:resource:destroy',
    description:
      'Destroys a resource, as one run. Where data could be lost, access is taken first, and the resource can be restored for a while. What is used by something stays, unless that is to go, too.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        resourceId: z => z.string({ description: 'The resource, by its id' }),
        withConnected: z =>
          z
            .boolean({
              description:
                'Whether to take down the services that use it, too; left out, no',
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
        url: z =>
          z.string({
            description:
              'Page of the resource in the portal, where it can be restored',
          }),
        runId: z => z.string({ description: 'The run that destroyed it' }),
        runUrl: z => z.string({ description: 'Page of that run' }),
      },
    },
    async handler(ctx) {
      const { planDigest, ...given } = ctx.input;
      const input: DestroyInput = given;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would destroy the resource ${input.resourceId}`,
        );
        return;
      }
      const { run, access } = await runOfKind(ctx, options, {
        kind: RESOURCE_RUN_KINDS.destroy,
        input,
        planDigest,
      });
      ctx.output('url', access.resourceUrl(input.resourceId));
      ctx.output('runId', run.id);
      ctx.output('runUrl', access.runUrl(run.id));
    },
  });
}
