import type { Artifact } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  DELIVERY_FILE,
  type Forge,
  OperationFailedError,
  parseDelivery,
  parseScore,
  type PipelineEngine,
  type PipelineReport,
  type RunKind,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { ArtifactStore } from '../artifacts';
import type { RunEvents, RunSecrets } from '../runs';
import { JobLog } from './JobLog';
import type { PipelineStore, StoredPipeline } from './PipelineStore';

export const PIPELINE_RUN_KIND = 'pipeline';
export const PIPELINE_FILE = '.gitlab-ci.yml';
export const SCORE_FILE = 'score.yaml';

const input = z.object({
  pipelineId: z.string(),
  service: z.string(),
  branch: z.string(),
  sha: z.string(),
});

/** What the steps of a pipeline work with. */
export interface PipelineRunDependencies {
  store: PipelineStore;
  artifacts: ArtifactStore;
  forge: Forge;
  engine: PipelineEngine;
  events: RunEvents;
  secrets: RunSecrets;
  /** How long a pipeline may take, in milliseconds. */
  timeoutMs: number;
  /** Keeps what its reports say of what a green pipeline made; idempotent. */
  keepReports(digest: string, reports: PipelineReport[]): Promise<void>;
  /** Makes a release of a green pipeline of the default branch and starts its deployments; idempotent. */
  handOver(
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<{ releaseId: string; deployRunIds: string[] }>;
  /** Shows what another branch made where it is shown; answers the runs. Idempotent. */
  handOverBranch(
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<string[]>;
  /** Where people look at a run. */
  runUrl(id: string): string;
  /** Tells the requester how it ended. */
  notify(pipeline: StoredPipeline): Promise<void>;
}

/** A pipeline as a run: check the commit's files, run its jobs and keep what they made, start the deployments. */
export function createPipelineRunKind(
  dependencies: PipelineRunDependencies,
): RunKind {
  const { store, artifacts, forge, engine, events, secrets } = dependencies;

  const changed = async (pipelineId: string) => {
    const pipeline = await store.get(pipelineId);
    if (pipeline) {
      events.touched(pipeline.runId);
      events.publish({
        type: 'pipeline',
        pipelineId,
        runId: pipeline.runId,
        state: pipeline.state,
        service: pipeline.service,
      });
    }
  };

  const report = async ({ runId, repository, commit, state }: StoredPipeline) =>
    forge.setCommitStatus(repository, commit.sha, {
      state,
      url: dependencies.runUrl(runId),
    });

  const requirePipeline = async (id: string) => {
    const pipeline = await store.get(id);
    if (!pipeline) {
      throw new OperationFailedError({ message: `Pipeline ${id} is gone.` });
    }
    return pipeline;
  };

  return createRunKind({
    id: PIPELINE_RUN_KIND,
    version: 1,
    input,
    title: ({ service, branch, sha }) =>
      `Build ${service} ${sha.slice(0, 7)} of ${branch}`,
    steps: [
      {
        id: 'check',
        title: 'Check files',
        async execute({ input: { pipelineId, service, sha }, log }) {
          await store.setState(pipelineId, 'running');
          await changed(pipelineId);
          await report(await requirePipeline(pipelineId));
          await readPipelineFile(forge, service, sha);
          const score = await forge.readFile(service, sha, SCORE_FILE);
          if (score !== undefined) {
            checkScore(score, service);
          }
          parseDelivery(await forge.readFile(service, sha, DELIVERY_FILE));
          log(
            score === undefined
              ? `${PIPELINE_FILE} found; no ${SCORE_FILE}, so nothing will be deployed.`
              : `${PIPELINE_FILE} and ${SCORE_FILE} found.`,
          );
        },
      },
      {
        id: 'jobs',
        title: 'Run jobs',
        elsewhere: true,
        timeoutMs: dependencies.timeoutMs + 60_000,
        async execute({ runId, input: request, signal, log }) {
          const { pipelineId, service, branch, sha } = request;
          const states = new Map<string, string>();
          const jobLog = new JobLog({
            store,
            secrets,
            pipeline: { id: pipelineId, runId },
            printed: () => events.touched(runId),
          });
          const running = engine.run(
            {
              pipelineId,
              service,
              branch,
              sha,
              signal,
              definition: await readPipelineFile(forge, service, sha),
              timeoutMs: dependencies.timeoutMs,
              checkout: directory =>
                forge.checkout({ repository: service, sha, branch, directory }),
            },
            {
              async jobsChanged(jobs) {
                await store.saveJobs(pipelineId, jobs);
                for (const job of jobs) {
                  if (states.get(job.name) !== job.state) {
                    states.set(job.name, job.state);
                    if (job.state !== 'pending') {
                      log(`Job ${job.name} ${job.state}.`);
                    }
                  }
                }
                await changed(pipelineId);
              },
              jobPrinted: (job, lines) => jobLog.print(job, lines),
            },
          );
          const outcome = await running.finally(() => jobLog.end());
          if (outcome.state === 'failed') {
            await store.setState(pipelineId, 'running', {
              failure: (await secrets.redactor(runId)).json(outcome.failure),
            });
            throw new OperationFailedError(outcome.failure);
          }
          if (outcome.state === 'cancelled') {
            throw signal.reason ?? new Error('The pipeline was stopped.');
          }
          if (outcome.state === 'interrupted') {
            await engine.forget(pipelineId);
            await store.forgetJobs(pipelineId);
            throw new Error('The jobs were interrupted and start anew.');
          }
          if (!outcome.artifactDirectory) {
            log('No job declares artifacts, so there is nothing to deploy.');
            return {};
          }
          const artifact = await artifacts.put(outcome.artifactDirectory);
          await dependencies.keepReports(
            artifact.digest,
            outcome.reports ?? [],
          );
          await store.setState(pipelineId, 'running', { artifact });
          log(`Artifact ${artifact.digest}, ${artifact.size} bytes.`);
          return { ...artifact };
        },
      },
      {
        id: 'hand-over',
        title: 'Start deployments',
        async execute({ input: { pipelineId, service, sha }, output, log }) {
          const artifact = output<Partial<Artifact>>('jobs');
          const pipeline = await requirePipeline(pipelineId);
          const score = await forge.readFile(service, sha, SCORE_FILE);
          if (!artifact.digest || !score) {
            log(
              `Nothing to deploy: a deployment needs an artifact and a ${SCORE_FILE}.`,
            );
            return {};
          }
          const { digest, size = 0 } = artifact;
          if (!pipeline.onDefaultBranch) {
            const shown = await dependencies.handOverBranch(pipeline, {
              digest,
              size,
            });
            log(
              shown.length > 0
                ? 'Its preview shows it.'
                : 'Only the default branch is deployed, and what has a preview.',
            );
            return { deployRunIds: shown };
          }
          const handed = await dependencies.handOver(pipeline, {
            digest,
            size,
          });
          log(
            handed.deployRunIds.length > 0
              ? `Started ${handed.deployRunIds.length} deployment(s).`
              : 'No environment deploys by itself; deploy from the service page.',
          );
          return handed;
        },
      },
    ],
    async ended({ input: { pipelineId }, state, failure }) {
      const before = await store.get(pipelineId);
      await store.setState(
        pipelineId,
        state === 'undone' ? 'cancelled' : state,
        {
          failure: before?.failure ?? failure,
        },
      );
      await engine.stop(pipelineId);
      await engine.forget(pipelineId);
      await changed(pipelineId);
      const pipeline = await store.get(pipelineId);
      if (pipeline) {
        await report(pipeline);
        await dependencies.notify(pipeline);
      }
    },
  });
}

async function readPipelineFile(
  forge: Forge,
  repository: string,
  sha: string,
): Promise<string> {
  const definition = await forge.readFile(repository, sha, PIPELINE_FILE);
  if (definition === undefined) {
    throw new OperationFailedError({
      message: `This commit has no ${PIPELINE_FILE}, so there is nothing to run.`,
      hint: `Add a ${PIPELINE_FILE} with at least one job, and push again.`,
    });
  }
  return definition;
}

function checkScore(text: string, service: string): void {
  const { metadata } = parseScore(text);
  if (metadata.name !== service) {
    throw new OperationFailedError({
      message: `${SCORE_FILE}: metadata.name is "${metadata.name}", but this service is "${service}".`,
      hint: `Set metadata.name to "${service}".`,
    });
  }
}
