import type { Pipeline, RunStreamEvent } from '@slipway/plugin-platform-common';
import { buildCommit, buildRun, type FakePlatform } from './FakePlatform';

/** Puts a commit into the platform whose pipeline is green and whose deployment serves. */
export function buildDelivery(platform: FakePlatform): Pipeline {
  const commit = buildCommit();
  const pipeline: Pipeline = {
    id: 'pipeline-1',
    runId: 'build-1',
    service: 'invoice-mailer',
    repository: 'invoice-mailer',
    branch: 'main',
    commit,
    state: 'running',
    jobs: [{ name: 'test', stage: 'test', state: 'running' }],
    requestedBy: 'user:default/mara',
    createdAt: commit.authoredAt,
  };
  platform.pipelines.push(pipeline);
  platform.jobLogs.test = ['$ npm test', '12 passed'];
  platform.streams['build-1'] = [
    [
      { type: 'run', run: buildRun({ id: 'build-1' }) },
      { type: 'pipeline', pipeline },
      buildLog('jobs', 1, 'Job test succeeded.'),
      { type: 'run', run: buildRun({ id: 'build-1', state: 'succeeded' }) },
      { type: 'end' },
    ],
  ];
  platform.deployments.push({
    id: 'deployment-1',
    runId: 'deploy-1',
    service: 'invoice-mailer',
    environment: 'dev',
    release: {
      id: 'release-1',
      service: 'invoice-mailer',
      number: 1,
      commit,
      artifactDigest: `sha256:${'0'.repeat(64)}`,
      createdAt: commit.authoredAt,
    },
    state: 'serving',
    url: 'http://invoice-mailer-dev.localhost:7080',
    requestedBy: 'user:default/mara',
    createdAt: commit.authoredAt,
  });
  platform.streams['deploy-1'] = [
    [
      buildLog('start', 1, 'Ready.'),
      { type: 'run', run: buildRun({ id: 'deploy-1', state: 'succeeded' }) },
      { type: 'end' },
    ],
  ];
  return pipeline;
}

/** One line of a run's log, as the stream sends it. */
export function buildLog(
  stepId: string,
  sequence: number,
  text: string,
): RunStreamEvent {
  const at = '2026-11-23T20:00:00.000Z';
  return { type: 'log', lines: [{ stepId, sequence, at, text }] };
}
