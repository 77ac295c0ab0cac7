import type { Run } from '@slipway/plugin-platform-common';

/** A run that is under way unless told otherwise. */
export function buildRun(id: string, overrides: Partial<Run> = {}): Run {
  return {
    id,
    kind: 'create-service',
    kindVersion: 1,
    title: 'Create invoice-mailer',
    target: 'service:invoice-mailer',
    state: 'running',
    phase: 'do',
    priority: 0,
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    input: {},
    changes: [],
    steps: [],
    waits: [],
    times: { people: 0, queue: 0, machines: 0, work: 0 },
    remains: [],
    createdAt: '2026-11-23T20:00:00.000Z',
    ...overrides,
  };
}

/** How a run ends that created a service. */
export const CREATED: Partial<Run> = {
  state: 'succeeded',
  endedAt: '2026-11-23T20:01:00.000Z',
  output: {
    repository: 'invoice-mailer',
    repositoryUrl: 'https://portal.example.com/repositories/invoice-mailer',
    cloneUrl: 'https://portal.example.com/git/invoice-mailer.git',
    commit: 'a41f9c2'.padEnd(40, '0'),
    entityRef: 'component:default/invoice-mailer',
    url: 'http://invoice-mailer-dev.localhost:7080',
    releaseNumber: 1,
    pipelineRunId: 'build-1',
    deploymentRunId: 'deploy-1',
  },
};

/** How a run ends whose first pipeline is red. */
export const FAILED: Partial<Run> = {
  state: 'failed',
  endedAt: '2026-11-23T20:01:00.000Z',
  failure: {
    message: 'The pipeline of invoice-mailer a41f9c2 failed.',
    hint: 'Push a fix.',
  },
  remains: [
    { stepId: 'repository', what: 'repository invoice-mailer', certain: true },
  ],
};
