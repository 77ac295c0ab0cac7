import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  type Forge,
  OperationFailedError,
  type RunKind,
  Wait,
} from '@slipway/plugin-platform-node';
import type { ArtifactStore } from '../artifacts';
import type { Environments } from '../environments';
import { undoIdOf } from '../runs';
import { createServiceInput } from './createServiceInput';
import type { CreatedRepository, ServiceDelivery } from './ServiceDelivery';
import type { ServiceNames } from './ServiceNames';
import type { ServiceStore } from './ServiceStore';
import { takeAway, type TakeAwayDependencies } from './takeAway';

export const CREATE_SERVICE_RUN_KIND = 'create-service';

/** Stands in the first commit's message, and leads from there to the run. */
const RUN_TRAILER = 'Slipway-Run';

/** What the steps of creating a service work with. */
export interface CreateServiceDependencies extends TakeAwayDependencies {
  artifacts: ArtifactStore;
  delivery: ServiceDelivery;
  environments: Pick<Environments, 'all'>;
  forge: Forge;
  names: Pick<ServiceNames, 'check'>;
  services: Pick<ServiceStore, 'forget'>;
}

/**
 * A new service as a run: make its repository from an archive, wait for its first pipeline, wait until it serves. Undoing it
 * stops what serves, destroys the resources that were made for it alone, and deletes the repository that it made.
 */
export function createServiceRunKind(
  dependencies: CreateServiceDependencies,
): RunKind {
  const { artifacts, delivery, forge, services } = dependencies;
  const autoDeploying = () =>
    dependencies.environments
      .all()
      .filter(({ autoDeploy }) => autoDeploy)
      .map(({ name }) => name);

  return createRunKind({
    id: CREATE_SERVICE_RUN_KIND,
    version: 1,
    input: createServiceInput,
    title: ({ name }) => `Create ${name}`,
    subject: async ({ name, owner }) => ({
      target: `service:${name}`,
      owner,
      service: name,
    }),
    async plan({ name, archive }): Promise<PlannedChange[]> {
      const { available, reason } = await dependencies.names.check(name);
      if (!available) {
        throw new ConflictError(reason);
      }
      await requireArchive(artifacts, archive);
      return [
        { action: 'create', what: `repository ${name}` },
        ...autoDeploying().map(environment => ({
          action: 'create' as const,
          what: `service ${name} in ${environment}`,
        })),
      ];
    },
    steps: [
      {
        id: 'repository',
        title: 'Create the repository',
        remains: ({ input: { name } }) => [`repository ${name}`],
        async execute(context) {
          const { input, runId, requestedBy } = context;
          const { name, description, owner } = input;
          const title = input.message ?? `Create ${name}`;
          const archive = await artifacts.fileOf(input.archive);
          const repository = await forge
            .createRepository(
              {
                name,
                description,
                owner,
                createdBy: requestedBy,
                message: `${title}\n\n${RUN_TRAILER}: ${runId}`,
                archive,
              },
              { ...context, idempotencyKey: creationKey(runId) },
            )
            .catch(explainRefusal);
          if (!repository.head) {
            throw new Error(`The repository ${name} has no first commit.`);
          }
          context.log(`Created ${repository.cloneUrl}`);
          return {
            repository: name,
            branch: repository.defaultBranch,
            commit: repository.head.sha,
            createdAt: repository.createdAt,
            repositoryUrl: repository.webUrl,
            cloneUrl: repository.cloneUrl,
            entityRef: stringifyEntityRef({ kind: 'component', name }),
          };
        },
        async undo(context) {
          const { name } = context.input;
          const deleted = await forge.deleteRepository(name, {
            createdUnder: creationKey(context.runId),
          });
          if (!deleted && (await forge.findRepository(name))) {
            context.log(`The repository ${name} is not of this run; it stays.`);
            return undefined;
          }
          // Only now can no push bring it back.
          const wait = await takeAway(
            dependencies,
            name,
            context,
            undoIdOf('repository'),
          );
          if (!wait) {
            await services.forget(name);
            context.log(`The repository ${name} is gone; its name is free.`);
          }
          return wait;
        },
      },
      {
        id: 'pipeline',
        title: 'Build and test',
        async execute({ output, resumed, log }) {
          const repository = createdRepository(output('repository'));
          const pipeline = await delivery.pipelineOf(repository, resumed);
          if (pipeline instanceof Wait) {
            return pipeline;
          }
          log(`The pipeline of ${pipeline.commit.sha.slice(0, 7)} is green.`);
          return { pipelineRunId: pipeline.runId };
        },
      },
      {
        id: 'serve',
        title: 'Deploy',
        remains: ({ input: { name } }) =>
          autoDeploying().map(
            environment => `service ${name} in ${environment}`,
          ),
        async execute({ input: { name }, output, resumed, log }) {
          // Asked anew: after a failure and a fix, it is the fix that serves.
          const repository = createdRepository(output('repository'));
          const pipeline = await delivery.pipelineOf(repository, resumed);
          if (pipeline instanceof Wait) {
            return pipeline;
          }
          const delivered = await delivery.deploymentsOf(pipeline);
          if (delivered instanceof Wait) {
            return delivered;
          }
          const { pipelineRunId, deployments } = delivered;
          const [first] = deployments;
          if (!first && autoDeploying().length > 0) {
            throw new OperationFailedError({
              message: `The pipeline of ${name} is green, but has nothing to deploy: that takes an artifact and a score.yaml.`,
              hint: 'Let a job of .gitlab-ci.yml keep artifacts, add a score.yaml, push, and retry this run.',
            });
          }
          if (!first) {
            log('No environment deploys by itself; deploy from its page.');
            return { pipelineRunId };
          }
          log(
            first.url
              ? `${name} answers at ${first.url}`
              : `${name} runs in ${first.environment}.`,
          );
          return {
            url: first.url ?? '',
            releaseNumber: first.release.number,
            pipelineRunId,
            deploymentRunId: first.runId,
          };
        },
        undo: context =>
          takeAway(
            dependencies,
            context.input.name,
            context,
            undoIdOf('serve'),
          ),
      },
    ],
  });
}

/** The forge knows the repository of a run by this, whichever step asks. */
function creationKey(runId: string): string {
  return `${CREATE_SERVICE_RUN_KIND}:${runId}`;
}

function createdRepository(output: {
  repository?: string;
  branch?: string;
  commit?: string;
  createdAt?: string;
}): CreatedRepository {
  const { repository = '', branch = '', commit = '', createdAt = '' } = output;
  return { name: repository, branch, sha: commit, createdAt };
}

async function requireArchive(
  artifacts: ArtifactStore,
  digest: string,
): Promise<void> {
  try {
    await artifacts.fileOf(digest);
  } catch (error) {
    throw new InputError(
      `archive: there is no archive ${digest}. Send the files anew.`,
      error,
    );
  }
}

/** What the forge refuses for good isn't tried again. */
function explainRefusal(error: Error): never {
  if (['ConflictError', 'InputError', 'NotAllowedError'].includes(error.name)) {
    throw new OperationFailedError(
      { message: error.message },
      { cause: error },
    );
  }
  throw error;
}
