import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import { PlatformAccess, type PlatformAccessOptions } from '../PlatformAccess';
import { runToEnd } from '../runs/runToEnd';
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
      },
      output: {
        output: z =>
          z.record(z.any()).describe('What the run came to, as its kind says'),
        runId: z => z.string({ description: 'The run' }),
        runUrl: z => z.string({ description: 'Page of the run in the portal' }),
      },
    },
    async handler(ctx) {
      const { kind, input } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would start a run of kind ${kind}`);
        ctx.output('output', {});
        return;
      }
      const access = new PlatformAccess(options, ctx);
      const run = await runToEnd(ctx, access, options.watch, {
        name: `${kind}.${digestOf(input)}`,
        prepare: async () => startOptions =>
          access.platform.startRun(
            { kind, input, goldenPath: ctx.templateInfo?.entityRef },
            startOptions,
          ),
      });
      ctx.output('output', (run.output ?? {}) as JsonObject);
      ctx.output('runId', run.id);
      ctx.output('runUrl', access.runUrl(run.id));
    },
  });
}

function digestOf(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(input))
    .digest('hex')
    .slice(0, 16);
}
