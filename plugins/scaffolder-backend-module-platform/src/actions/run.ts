import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { PlatformAccessOptions } from '../PlatformAccess';
import { runOfKind } from '../runs/runOfKind';
import { examples } from './run.examples';

/**
 * Makes the action that starts a run of any kind that people may start, and waits for its end. A task that is tried again goes
 * on with the run it started.
 */
export function createRunAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:run',
    description:
      'Starts a run on the platform, of any kind that can be started, and waits until it has succeeded. Approvals it needs are waited for, too.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        kind: z => z.string({ description: 'Kind of the run, such as deploy' }),
        input: z =>
          z
            .record(z.any())
            .describe('What the run is given; its kind says what it takes'),
        planDigest: z =>
          z
            .string({
              description:
                'Digest of the plan that was shown; where the plan is another one by now, nothing is started',
            })
            .optional(),
      },
      output: {
        output: z =>
          z.record(z.any()).describe('What the run came to, as its kind says'),
        runId: z => z.string({ description: 'The run' }),
        runUrl: z => z.string({ description: 'Page of the run in the portal' }),
      },
    },
    async handler(ctx) {
      const { kind, input, planDigest } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would start a run of kind ${kind}`);
        ctx.output('output', {});
        return;
      }
      const { run, access } = await runOfKind(ctx, options, {
        kind,
        input,
        planDigest,
      });
      ctx.output('output', (run.output ?? {}) as JsonObject);
      ctx.output('runId', run.id);
      ctx.output('runUrl', access.runUrl(run.id));
    },
  });
}
