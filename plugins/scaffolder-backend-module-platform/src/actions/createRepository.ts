import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type CreateRepositoryRequest,
  type Repository,
} from '@slipway/plugin-platform-common';
import { explainResponse, isConflict, isRefusal } from '../responses';
import { PlatformAccess, type PlatformAccessOptions } from '../PlatformAccess';
import { packDirectory } from '../workspace/packDirectory';
import { examples } from './createRepository.examples';

/** Stands in the first commit's message, and tells a later attempt of the same task that it was here before. */
const TASK_TRAILER = 'Slipway-Task';

/** A commit that no repository has, for dry runs. */
const NO_COMMIT = '0'.repeat(40);

/**
 * Makes the action that turns the workspace into a repository on the platform. A task that is tried again finds the
 * repository it created before instead of creating another.
 */
export function createRepositoryAction(options: PlatformAccessOptions) {
  return createTemplateAction({
    id: 'platform:repository:create',
    description:
      'Creates a repository from files of the workspace; its first pipeline starts at once.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              'Name of the repository, and of the service in it: lower-case letters, digits and hyphens',
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
                'Message of the first commit; left out, one that names the repository',
            })
            .optional(),
      },
      output: {
        repository: z => z.string({ description: 'Name of the repository' }),
        repositoryUrl: z =>
          z.string({ description: 'Page of the repository in the portal' }),
        cloneUrl: z => z.string({ description: 'What git clone takes' }),
        commit: z =>
          z.string({
            description: 'First commit, as 40 hexadecimal digits',
          }),
        entityRef: z =>
          z.string({
            description: 'Entity reference of the component in the catalog',
          }),
      },
    },
    async handler(ctx) {
      const { name, description, owner, sourcePath = './' } = ctx.input;
      const directory = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      const archive = await packDirectory(directory, sourcePath);
      const title = ctx.input.commitMessage ?? `Create ${name}`;
      const entityRef = stringifyEntityRef({ kind: 'component', name });
      ctx.output('repository', name);
      ctx.output('entityRef', entityRef);

      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would create the repository ${name} for ${owner} from ${archive.length} bytes`,
        );
        ctx.output('repositoryUrl', '');
        ctx.output('cloneUrl', '');
        ctx.output('commit', NO_COMMIT);
        return;
      }

      const trailer = `${TASK_TRAILER}: ${ctx.task.id}`;
      const created = await ctx.checkpoint({
        key: `create.repository.${name}`,
        fn: async () => {
          const repository = await createOnce(
            new PlatformAccess(options, ctx),
            { name, description, owner, message: `${title}\n\n${trailer}` },
            archive,
            trailer,
          );
          const { webUrl, cloneUrl, head } = repository;
          if (!head) {
            throw new Error(`The repository ${name} has no first commit.`);
          }
          return { repositoryUrl: webUrl, cloneUrl, commit: head.sha };
        },
      });
      ctx.logger.info(`Created ${created.cloneUrl}`);
      ctx.output('repositoryUrl', created.repositoryUrl);
      ctx.output('cloneUrl', created.cloneUrl);
      ctx.output('commit', created.commit);
    },
  });
}

async function createOnce(
  access: PlatformAccess,
  request: CreateRepositoryRequest,
  archive: Uint8Array,
  trailer: string,
): Promise<Repository> {
  const { platform } = access;
  try {
    return await platform.createRepository(
      request,
      archive,
      await access.requestOptions(),
    );
  } catch (error) {
    const own =
      isRefusal(error) && !isConflict(error)
        ? undefined
        : await findOwn(access, request, trailer);
    if (own) {
      return own;
    }
    throw explainResponse(error);
  }
}

/** The repository that an earlier attempt of this task created, whose answer got lost. */
async function findOwn(
  access: PlatformAccess,
  request: CreateRepositoryRequest,
  trailer: string,
): Promise<Repository | undefined> {
  const { platform } = access;
  try {
    const options = await access.requestOptions();
    const repository = await platform.getRepository(request.name, options);
    const owner = stringifyEntityRef(
      parseEntityRef(request.owner, {
        defaultKind: 'group',
        defaultNamespace: DEFAULT_NAMESPACE,
      }),
    );
    if (!repository.head || repository.owner !== owner) {
      return undefined;
    }
    const { message } = await platform.getCommit(
      request.name,
      repository.head.sha,
      options,
    );
    return message.split('\n').includes(trailer) ? repository : undefined;
  } catch {
    // What made the creation fail says more than what made this look-up fail.
    return undefined;
  }
}
