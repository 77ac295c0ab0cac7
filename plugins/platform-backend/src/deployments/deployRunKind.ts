import type { Deployment, Release } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  OperationFailedError,
  type RunKind,
  type Runtime,
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
 * its release is stopped as it ends, so there is nothing to undo.
 */
export function createDeployRunKind(
  dependencies: DeployRunDependencies,
): RunKind {
  const { store, artifacts, runtime } = dependencies;

  const specOf = async (releaseId: string, environment: string) => {
    const release = await store.getRelease(releaseId);
    if (!release) {
      throw new OperationFailedError({ message: 'The release is gone.' });
    }
    const file = await artifacts.fileOf(release.artifactDigest);
    return releaseSpec(release, environment, file);
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
        async execute({
          input: { deploymentId, releaseId, environment },
          log,
        }) {
          await store.setState(deploymentId, 'rolling-out');
          const spec = await specOf(releaseId, environment);
          log(`${spec.label}: ${spec.command.join(' ')}`);
        },
      },
      {
        id: 'start',
        title: 'Start beside',
        async execute(context) {
          const { releaseId, environment } = context.input;
          await runtime.start(await specOf(releaseId, environment), context);
        },
      },
      {
        id: 'switch',
        title: 'Switch traffic',
        async execute(context) {
          const { deploymentId, releaseId, service, environment } =
            context.input;
          const { url } = await runtime.switchTraffic(
            { service, environment },
            releaseId,
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
          const { releaseId, service, environment } = context.input;
          await runtime.retire({ service, environment }, releaseId, context);
        },
      },
    ],
    async ended({ input: request, state, failure }) {
      const { deploymentId, releaseId, service, environment } = request;
      const deployment = await store.get(deploymentId);
      if (state !== 'succeeded' && deployment?.state !== 'serving') {
        const serving = await store.serving(service, environment);
        // Redeploying what serves and failing must not stop what serves.
        if (serving?.release.id !== releaseId) {
          await runtime.abandon({ service, environment }, releaseId);
        }
        await store.setState(
          deploymentId,
          state === 'failed' ? 'failed' : 'cancelled',
          failure,
        );
      }
      const ended = await store.get(deploymentId);
      if (ended) {
        await dependencies.notify(ended);
      }
    },
  });
}

/** What people know a release by: `v42 a41f9c2`. */
function labelOf({ number, commit }: Release): string {
  return `v${number} ${commit.sha.slice(0, 7)}`;
}
