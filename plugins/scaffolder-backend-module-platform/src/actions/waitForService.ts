import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { PlatformAccess, type PlatformAccessOptions } from '../PlatformAccess';
import { explainResponse } from '../responses';
import { ServiceDelivery } from '../runs/ServiceDelivery';
import { examples } from './waitForService.examples';

/**
 * Makes the action that waits until a commit of a service answers, and shows the logs of its pipeline and
 * deployments meanwhile. It changes nothing, so it can be tried again, and cancelling it stops no run.
 */
export function createWaitForServiceAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:service:wait',
    description:
      'Follows the pipeline of a commit and the deployments it starts, until the service answers.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z =>
          z.string({
            description: 'Name of the service, as of its repository',
          }),
        commit: z =>
          z
            .string({
              description:
                'Commit to wait for: the output of platform:repository:create, or its first characters (7 or more)',
            })
            .min(7),
      },
      output: {
        url: z => z.string({ description: 'Where the service answers' }),
        releaseNumber: z =>
          z.number({ description: 'Number of the release: 1 for the first' }),
        pipelineRunUrl: z =>
          z.string({ description: 'Page of the pipeline in the portal' }),
        deploymentRunUrl: z =>
          z.string({ description: 'Page of the deployment in the portal' }),
      },
    },
    async handler(ctx) {
      const { service, commit } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would wait until ${service} answers`);
        ctx.output('url', '');
        ctx.output('releaseNumber', 1);
        ctx.output('pipelineRunUrl', '');
        ctx.output('deploymentRunUrl', '');
        return;
      }

      const access = new PlatformAccess(options, ctx);
      const delivery = new ServiceDelivery({
        access,
        service,
        commit,
        print: line => ctx.logger.info(line),
      });
      try {
        const pipeline = await delivery.findPipeline();
        const pipelineRunUrl = access.runUrl(pipeline.runId);
        ctx.logger.info(`Following the pipeline ${pipelineRunUrl}`);
        ctx.output('pipelineRunUrl', pipelineRunUrl);
        await delivery.followPipeline(pipeline);

        const deployments = await delivery.findDeployments(pipeline);
        if (deployments.length === 0) {
          throw new Error(
            `The pipeline of ${service} is green, but nothing deploys it by itself. Deploy it from its page: see ${pipelineRunUrl}`,
          );
        }
        const [first] = await Promise.all(
          deployments.map(deployment => delivery.followDeployment(deployment)),
        );
        ctx.output('deploymentRunUrl', access.runUrl(first.runId));
        ctx.output('releaseNumber', first.release.number);
        if (first.url) {
          ctx.logger.info(`${service} answers at ${first.url}`);
          ctx.output('url', first.url);
        }
      } catch (error) {
        throw explainResponse(error);
      }
    },
  });
}
