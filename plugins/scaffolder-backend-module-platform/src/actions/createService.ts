import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  type ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { PlatformAccess, type PlatformAccessOptions } from '../PlatformAccess';
import { runToEnd } from '../runs/runToEnd';
import { packDirectory } from '../workspace/packDirectory';
import { examples } from './createService.examples';

/** The largest archive that is kept with the task, in bytes, so that a start that was refused can be tried again. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Makes the action that turns the workspace into a service: a run on the platform makes its repository, and ends where the
 * service answers. A task that is tried again goes on with the run it started.
 */
export function createCreateServiceAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:service:create',
    description:
      'Creates a service from files of the workspace: its repository, its first pipeline, and its deployment, as one run that can be retried and undone.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              'Name of the service and of its repository: lower-case letters, digits and hyphens',
          }),
        description: z =>
          z.string({ description: 'What the service does, in one sentence' }),
        owner: z =>
          z.string({
            description:
              'Entity reference of the team that will own it, such as group:default/payments; you must belong to it',
          }),
        sourcePath: z =>
          z
            .string({
              description:
                'Directory of the workspace that holds the files; left out, the whole workspace. node_modules and .git are never included',
            })
            .optional(),
        commitMessage: z =>
          z
            .string({
              description:
                'Message of the first commit; left out, one that names the service',
            })
            .optional(),
      },
      output: {
        repository: z => z.string({ description: 'Name of the repository' }),
        repositoryUrl: z =>
          z.string({ description: 'Page of the repository in the portal' }),
        cloneUrl: z => z.string({ description: 'What git clone takes' }),
        commit: z =>
          z.string({ description: 'First commit, as 40 hexadecimal digits' }),
        entityRef: z =>
          z.string({
            description: 'Entity reference of the component in the catalog',
          }),
        url: z =>
          z.string({
            description:
              'Where the service answers; empty where it takes no requests, or no environment deploys by itself',
          }),
        releaseNumber: z =>
          z.number({ description: 'Number of the release: 1 for the first' }),
        runUrl: z =>
          z.string({ description: 'Page of the run that created it' }),
        pipelineRunUrl: z =>
          z.string({ description: 'Page of the pipeline in the portal' }),
        deploymentRunUrl: z =>
          z.string({ description: 'Page of the deployment in the portal' }),
      },
    },
    async handler(ctx) {
      const { name, description, owner, sourcePath, commitMessage } = ctx.input;
      ctx.output('repository', name);
      ctx.output('entityRef', stringifyEntityRef({ kind: 'component', name }));
      if (ctx.isDryRun) {
        const { length } = await pack(ctx, sourcePath);
        ctx.logger.info(
          `Dry run: would create ${name} for ${owner} from ${length} bytes`,
        );
        return;
      }

      const access = new PlatformAccess(options, ctx);
      const run = await runToEnd(ctx, access, options.watch, {
        name,
        prepare: async () => {
          const archive = await packOnce(ctx, name, sourcePath);
          const request = {
            name,
            description,
            owner,
            message: commitMessage,
            goldenPath: ctx.templateInfo?.entityRef,
          };
          return startOptions =>
            access.platform.createService(request, archive, startOptions);
        },
      });
      const output = (run.output ?? {}) as {
        repositoryUrl?: string;
        cloneUrl?: string;
        commit?: string;
        url?: string;
        releaseNumber?: number;
        pipelineRunId?: string;
        deploymentRunId?: string;
      };
      const pageOf = (id?: string) => (id ? access.runUrl(id) : '');
      ctx.output('repositoryUrl', output.repositoryUrl ?? '');
      ctx.output('cloneUrl', output.cloneUrl ?? '');
      ctx.output('commit', output.commit ?? '');
      ctx.output('url', output.url ?? '');
      if (output.releaseNumber !== undefined) {
        ctx.output('releaseNumber', output.releaseNumber);
      }
      ctx.output('runUrl', access.runUrl(run.id));
      ctx.output('pipelineRunUrl', pageOf(output.pipelineRunId));
      ctx.output('deploymentRunUrl', pageOf(output.deploymentRunId));
    },
  });
}

type Packing = Pick<ActionContext<never>, 'checkpoint' | 'workspacePath'>;

function pack({ workspacePath }: Packing, sourcePath = './') {
  const directory = resolveSafeChildPath(workspacePath, sourcePath);
  return packDirectory(directory, sourcePath);
}

/** A task that failed has lost its workspace, and its steps that succeeded don't run again: so the archive is kept. */
async function packOnce(
  context: Packing,
  name: string,
  sourcePath: string | undefined,
): Promise<Uint8Array> {
  let archive: Uint8Array | undefined;
  const { base64 } = await context.checkpoint({
    key: `archive.${name}`,
    fn: async () => {
      archive = await pack(context, sourcePath);
      return archive.length > KEPT_BYTES
        ? { base64: '' }
        : { base64: Buffer.from(archive).toString('base64') };
    },
  });
  if (archive) {
    return archive;
  }
  return base64 ? Buffer.from(base64, 'base64') : pack(context, sourcePath);
}
