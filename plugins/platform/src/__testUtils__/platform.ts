import type {
  Approval,
  CommitSummary,
  Deployment,
  Environment,
  Pipeline,
  Release,
  ReleaseHold,
  Repository,
  Run,
  RunPlan,
  RunStep,
  RunWait,
  ServiceOverview,
} from '@slipway/plugin-platform-common';

/** The moment, so many seconds ago, as the platform writes it. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1_000).toISOString();
}

export function aCommit(number: number, title: string): CommitSummary {
  return {
    sha: String(number).padStart(7, 'a').padEnd(40, '0'),
    title,
    authorName: 'Mara Lindqvist',
    authorEmail: 'mara@example.com',
    authoredAt: secondsAgo(600 - number),
  };
}

export function aRelease(number: number, title: string): Release {
  return {
    id: `release-${number}`,
    service: 'orders',
    number,
    commit: aCommit(number, title),
    artifactDigest: `sha256:${'0'.repeat(64)}`,
    createdAt: secondsAgo(500),
  };
}

export function aStep(id: string, step: Partial<RunStep> = {}): RunStep {
  return {
    id,
    title: id,
    dependsOn: [],
    undoable: false,
    state: 'pending',
    attempt: 0,
    ...step,
  };
}

export function aRun(run: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    kind: 'deploy',
    kindVersion: 1,
    title: 'Deploy orders v2 to dev',
    target: 'deploy:orders:dev',
    state: 'running',
    phase: 'do',
    priority: 0,
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    service: 'orders',
    environment: 'dev',
    input: {},
    changes: [],
    steps: [],
    waits: [],
    times: { people: 0, queue: 0, machines: 0, work: 0 },
    remains: [],
    createdAt: secondsAgo(10),
    startedAt: secondsAgo(9),
    ...run,
  };
}

/** An approval that Mara's run waits for, for two minutes now; a second person of payments may decide. */
export function aWait(wait: Partial<RunWait> = {}): RunWait {
  return {
    id: 'wait-1',
    runId: 'run-1',
    kind: 'approval',
    state: 'open',
    waitsFor: 'people',
    reason: 'Production is protected: a second person has to agree.',
    approval: {
      approvers: ['group:default/payments'],
      approversText: 'a second person of payments',
      quorum: 1,
      votes: [],
    },
    createdAt: secondsAgo(125),
    dueAt: secondsAgo(-7 * 24 * 3_600 - 60),
    ...wait,
  };
}

/** The same wait as those see it who decide; here Idris asks, and Mara may decide. */
export function anApproval(approval: Partial<Approval> = {}): Approval {
  const { approvers = [], approversText = '' } = aWait().approval ?? {};
  return {
    id: 'wait-1',
    state: 'open',
    reason: aWait().reason,
    approvers,
    approversText,
    quorum: 1,
    votes: [],
    createdAt: aWait().createdAt,
    expiresAt: aWait().dueAt,
    run: {
      id: 'run-1',
      kind: 'deploy',
      title: 'Deploy orders v2 to prod',
      state: 'waiting',
      requestedBy: 'user:default/idris',
      owner: 'group:default/payments',
      service: 'orders',
      environment: 'prod',
    },
    mayDecide: true,
    ...approval,
  };
}

/** What a deployment to an environment without rules of its own would do. */
export function aPlan(plan: Partial<RunPlan> = {}): RunPlan {
  return {
    kind: 'deploy',
    title: 'Deploy orders v3 to staging',
    target: 'deploy:orders:staging',
    owner: 'group:default/payments',
    service: 'orders',
    environment: 'staging',
    steps: [],
    changes: [],
    digest: 'as-shown',
    decision: {
      stage: 'plan',
      effect: 'allow',
      reasons: [
        {
          decider: 'ownership',
          effect: 'allow',
          message: 'mara belongs to payments, which owns this.',
        },
      ],
      at: secondsAgo(0),
    },
    approvals: [],
    ...plan,
  };
}

export function aPipeline(pipeline: Partial<Pipeline> = {}): Pipeline {
  return {
    id: 'pipeline-1',
    runId: 'run-1',
    service: 'orders',
    repository: 'orders',
    branch: 'main',
    commit: aCommit(3, 'Validate the currency'),
    state: 'succeeded',
    jobs: [],
    requestedBy: 'user:default/mara',
    createdAt: secondsAgo(60),
    startedAt: secondsAgo(59),
    endedAt: secondsAgo(50),
    ...pipeline,
  };
}

export function aDeployment(
  release: Release,
  deployment: Partial<Deployment> = {},
): Deployment {
  return {
    id: `deployment-${release.number}-${deployment.environment ?? 'dev'}-${deployment.state ?? 'serving'}`,
    runId: `run-of-v${release.number}`,
    service: 'orders',
    environment: 'dev',
    release,
    state: 'serving',
    cause: 'manual',
    requestedBy: 'user:default/mara',
    createdAt: secondsAgo(400),
    ...deployment,
  };
}

/** A release that did worse than the one before. */
export function aHold(hold: Partial<ReleaseHold> = {}): ReleaseHold {
  return {
    id: 'hold-1',
    service: 'orders',
    artifactDigest: `sha256:${'a'.repeat(64)}`,
    release: 3,
    reason: 'It did worse in dev than the release before: 40 % failed.',
    placedBy: 'user:default/mara',
    placedAt: secondsAgo(60),
    ...hold,
  };
}

/** All traffic at once, and nothing to wait for. */
const AT_ONCE: Environment['rollout'] = {
  strategy: 'blue-green',
  steps: [],
  bakeMs: 0,
};

export const dev: Environment = {
  name: 'dev',
  title: 'Development',
  autoDeploy: true,
  protected: false,
  replicas: { default: 1, maximum: 10 },
  sleep: [],
  rollout: AT_ONCE,
};

export const staging: Environment = {
  name: 'staging',
  title: 'Staging',
  autoDeploy: false,
  protected: false,
  replicas: { default: 1, maximum: 10 },
  sleep: [],
  rollout: AT_ONCE,
};

export const prod: Environment = {
  name: 'prod',
  title: 'Production',
  autoDeploy: false,
  protected: true,
  replicas: { default: 1, maximum: 10 },
  sleep: [],
  rollout: AT_ONCE,
};

export function aRepository(repository: Partial<Repository> = {}): Repository {
  return {
    name: 'orders',
    description: 'Takes and tracks orders',
    owner: 'group:default/payments',
    defaultBranch: 'main',
    cloneUrl: 'http://localhost:7007/git/orders.git',
    webUrl: 'http://localhost:7007/repositories/orders',
    createdAt: secondsAgo(5_000),
    head: aCommit(3, 'Validate the currency'),
    ...repository,
  };
}

/** Release 3 serves in dev and release 2 in staging. */
export function anOverview(
  overview: Partial<ServiceOverview> = {},
): ServiceOverview {
  const newer = aRelease(3, 'Validate the currency');
  const older = aRelease(2, 'Take orders');
  return {
    service: 'orders',
    owner: 'group:default/payments',
    repository: aRepository(),
    environments: [
      {
        environment: dev,
        status: {
          health: 'healthy',
          restarts: 0,
          url: 'http://orders-dev.localhost:7080',
        },
        serving: aDeployment(newer),
        releasesBehind: 0,
      },
      {
        environment: staging,
        status: {
          health: 'healthy',
          restarts: 0,
          url: 'http://orders-staging.localhost:7080',
        },
        serving: aDeployment(older, { environment: 'staging' }),
        releasesBehind: 1,
      },
    ],
    latestPipeline: aPipeline(),
    activeRuns: [],
    ...overview,
  };
}
