import type { Deployment, Release } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  OperationFailedError,
  type RunKind,
  type Runtime,
  type StepContext,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { ArtifactStore } from '../artifacts';
import type { DeploymentStore } from './DeploymentStore';
import { releaseSpec } from './releaseSpec';

export const DEPLOY_RUN_KIND = 'deploy';

const input = z.object({
  deploymentId: z.string(),
  releaseId: z.string(),
  service: z.string(),
  environment: z.string(),
  label: z.string(),
});

type DeployInput = z.infer<typeof input>;

/** What the steps of a deployment work with. */
export interface DeployRunDependencies {
  store: DeploymentStore;
  artifacts: ArtifactStore;
  runtime: Runtime;
  /** Tells the requester how it ended. */
  notify(deployment: Deployment): Promise<void>;
}

/**
 * A deployment as a run: check what is to run, start it beside what serves, move traffic when it is ready,
 * retire the old release. Until traffic moves, the old release serves untouched. One that does not succeed leaves nothing behind:
 * what it started is stopped as it ends, so there is nothing to undo. What it starts is an instance of its own, under the
 * deployment's id, so that what serves can be deployed again beside itself, with another configuration.
 */
export function createDeployRunKind(
  dependencies: DeployRunDependencies,
): RunKind {
  const { store, artifacts, runtime } = dependencies;

  const specOf = async (request: DeployInput) => {
    const { deploymentId, releaseId, environment } = request;
    const release = await store.getRelease(releaseId);
    if (!release) {
      throw new OperationFailedError({ message: 'The release is gone.' });
    }
    const { artifactDigest } = release;
    return releaseSpec({
      release,
      instanceId: deploymentId,
      environment,
      artifactFile: await artifacts.fileOf(artifactDigest),
      outputs: {},
      readFile: (file, limit) =>
        artifacts.readFile(artifactDigest, file, limit),
    });
  };

  return createRunKind({
    id: DEPLOY_RUN_KIND,
    version: 1,
    input,
    title: ({ service, environment, label }) =>
      `Deploy ${service} ${label} to ${environment}`,
    async plan({ releaseId, service, environment, label }) {
      const [release, serving] = await Promise.all([
        store.getRelease(releaseId),
        store.serving(service, environment),
      ]);
      const what = `${service} in ${environment}`;
      const to = [label, release?.commit.title].filter(Boolean).join(' ');
      if (!serving) {
        return [{ action: 'create', what, detail: `with ${to}` }];
      }
      return serving.release.id === releaseId
        ? [{ action: 'keep', what, detail: `at ${to}, started anew` }]
        : [
            {
              action: 'change',
              what,
              detail: `from ${labelOf(serving.release)} to ${to}`,
            },
          ];
    },
    steps: [
      {
        id: 'prepare',
        title: 'Check the release',
        async execute({ input: request, log }) {
          await store.setState(request.deploymentId, 'rolling-out');
          const spec = await specOf(request);
          log(`${spec.label}: ${spec.command.join(' ')}`);
        },
      },
      {
        id: 'start',
        title: 'Start beside',
        async execute(context) {
          const spec = await specOf(context.input);
          await runtime.start(spec, context);
          return { instanceId: spec.instanceId };
        },
      },
      {
        id: 'switch',
        title: 'Switch traffic',
        async execute(context) {
          const { deploymentId, service, environment } = context.input;
          if (context.attempt > 1) {
            // It was stopped when the run failed here; where it still runs, this does nothing.
            await runtime.start(await specOf(context.input), context);
          }
          const { url } = await runtime.switchTraffic(
            { service, environment },
            instanceOf(context),
            context,
          );
          await store.serve(deploymentId, url);
          context.log(`New requests go to this release: ${url}`);
          return { url };
        },
      },
      {
        id: 'retire',
        title: 'Retire the old release',
        async execute(context) {
          const { service, environment } = context.input;
          const ref = { service, environment };
          await runtime.retire(ref, instanceOf(context), context);
        },
      },
    ],
    async ended({ input: request, state, failure }) {
      const { deploymentId, service, environment } = request;
      const ref = { service, environment };
      const deployment = await store.get(deploymentId);
      if (state !== 'succeeded' && deployment?.state !== 'serving') {
        const { instanceId, url } = await runtime.observe(ref);
        if (instanceId === deploymentId && url) {
          // Traffic was moved before the step could say so.
          await store.serve(deploymentId, url);
        } else {
          await runtime.abandon(ref, deploymentId);
          await store.setState(
            deploymentId,
            state === 'failed' ? 'failed' : 'cancelled',
            failure,
          );
        }
      }
      const ended = await store.get(deploymentId);
      if (ended) {
        await dependencies.notify(ended);
      }
    },
  });
}

/** What the run started. One that was started by a portal of before instances had ids of their own is known by its release. */
function instanceOf({ input: request, output }: StepContext<DeployInput>) {
  return (
    output<{ instanceId?: string }>('start').instanceId ?? request.releaseId
  );
}

/** What people know a release by: `v42 a41f9c2`. */
function labelOf({ number, commit }: Release): string {
  return `v${number} ${commit.sha.slice(0, 7)}`;
}
