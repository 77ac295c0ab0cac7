import { createBackendModule } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  MergeRequest,
  MergeRequestDetail,
  Repository,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import {
  type Forge,
  forgeExtensionPoint,
  type InstanceSignals,
  type ObservedCall,
  OperationFailedError,
  type PipelineEngine,
  pipelineEngineExtensionPoint,
  type PipelineOutcome,
  type Push,
  type Runtime,
  runtimeExtensionPoint,
  type WorkloadRef,
} from '@slipway/plugin-platform-node';

export const SCORE = `apiVersion: score.dev/v1b1
metadata:
  name: orders
service:
  ports:
    web: { port: 80 }
containers:
  main:
    image: .
    command: [node, src/main.js]
`;

/** The first commit of the first repository that is created. */
export const FIRST_COMMIT = 'f157'.padEnd(40, '0');

/** A forge, engine and runtime in memory, for tests of what the platform itself decides. */
export class TestProviders {
  readonly files = new Map<string, string>([
    ['.gitlab-ci.yml', 'test:\n  script: [npm test]\n'],
    ['score.yaml', SCORE],
  ]);
  /** What the next pipelines come to. */
  outcome: PipelineOutcome = { state: 'succeeded' };
  /** How many of the next pipelines are interrupted first. */
  interruptions = 0;
  /** Releases that never become ready, by label. */
  readonly broken = new Set<string>();
  readonly calls: string[] = [];
  /** What the requests to an instance are like; none to those that aren't here. */
  readonly signals = new Map<string, InstanceSignals>();
  /** What instances answer to smoke checks, by path. */
  readonly answers = new Map<string, number>();
  /** The repositories there are, by name, with the key they were created under. */
  /** Which service called which. */
  readonly calledServices: ObservedCall[] = [];
  /** How many access tokens somebody has, by user reference. */
  readonly accessTokens = new Map<string, number>();
  readonly repositories = new Map<string, Repository & { key?: string }>();
  /** The branches of every repository. */
  readonly heads = new Map<string, string>();
  /** What the forge was told of commits. */
  readonly statuses = new Map<string, string>();
  /** Those that are open. */
  mergeRequests: MergeRequest[] = [];
  #push: ((push: Push) => Promise<void>) | undefined;
  /** The instance that serves, by service and environment. */
  readonly #serving = new Map<string, string>();
  /** The instances that take no requests. */
  readonly #unreached = new Set<string>();
  #created = 0;

  readonly repository: Repository = {
    name: 'orders',
    description: 'Takes and tracks orders',
    owner: 'group:default/payments',
    defaultBranch: 'main',
    cloneUrl: 'http://localhost/git/orders.git',
    webUrl: 'http://localhost/repositories/orders',
    createdAt: '2026-01-01T00:00:00.000Z',
  };

  constructor() {
    this.repositories.set('orders', this.repository);
  }

  push(
    sha: string,
    branch = 'main',
    repository = this.repository,
    pushedBy = 'user:default/mara',
  ): Promise<void> {
    const id =
      repository === this.repository
        ? `${branch}:${sha}`
        : `${repository.createdAt}:${branch}:${sha}`;
    const push = { id, repository };
    return this.#push!({
      ...push,
      branch,
      sha: sha.padEnd(40, '0'),
      pushedBy,
    });
  }

  #firstCommit(): string {
    this.#created += 1;
    return this.#created === 1
      ? FIRST_COMMIT
      : `${this.#created}`.padEnd(40, '0');
  }

  /** What the platform proposed, and the files of it. */
  readonly proposals: MergeRequestDetail[] = [];
  readonly proposed: Array<{ path: string; text: string }> = [];

  get delivers(): boolean {
    return this.#push !== undefined;
  }

  readonly forge: Forge = {
    name: 'test',
    createRepository: async (request, { idempotencyKey }) => {
      const { name, description, owner } = request;
      const there = this.repositories.get(name);
      if (there && there.key !== idempotencyKey) {
        throw new ConflictError(`The name "${name}" is taken.`);
      }
      const repository = there ?? {
        ...this.repository,
        name,
        description,
        owner,
        createdAt: new Date().toISOString(),
        head: await this.forge.getCommit(name, this.#firstCommit()),
        key: idempotencyKey,
      };
      if (!there) {
        this.calls.push(`create ${name}`);
        this.repositories.set(name, repository);
        await this.push(repository.head!.sha, 'main', repository);
      }
      return repository;
    },
    deleteRepository: async (name, { createdUnder } = {}) => {
      const there = this.repositories.get(name);
      if (!there || (createdUnder && there.key !== createdUnder)) {
        return false;
      }
      this.calls.push(`delete ${name}`);
      return this.repositories.delete(name);
    },
    findRepository: async name => this.repositories.get(name),
    deliverPushesTo: handler => {
      this.#push = handler;
    },
    readFile: async (_repository, _sha, path) => this.files.get(path),
    getCommit: async (_repository, sha) => ({
      sha,
      title: 'Change something',
      authorName: 'Mara',
      authorEmail: 'mara@example.com',
      authoredAt: '2026-01-01T00:00:00.000Z',
    }),
    commitsBetween: async (repository, { from, to }) => {
      const items =
        to > from ? [await this.forge.getCommit(repository, to)] : [];
      return { items, total: items.length };
    },
    branches: async () => this.heads,
    setCommitStatus: async (_repository, sha, { state }) => {
      this.statuses.set(sha, state);
    },
    openMergeRequests: async () => [
      ...this.mergeRequests,
      ...this.proposals.filter(({ state }) => state === 'open'),
    ],
    checkout: async () => {},
    proposeChange: async ({ repository, branch, title, author, files }) => {
      const known = this.proposals.find(one => one.sourceBranch === branch);
      if (known) {
        return known;
      }
      this.calls.push(`propose ${repository}`);
      const proposal: MergeRequestDetail = {
        repository,
        owner: this.repository.owner,
        number: this.proposals.length + 1,
        title,
        description: '',
        state: 'open',
        sourceBranch: branch,
        targetBranch: 'main',
        author,
        sha: 'd'.repeat(40),
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
        commits: [],
        files: [],
        comments: [],
        reviews: [],
        canReview: false,
        blockers: [],
      };
      this.proposals.push(proposal);
      this.proposed.push(...files);
      return proposal;
    },
    findMergeRequest: async (_repository, number) => this.proposals[number - 1],
    mergeAgreed: async (repository, number) => {
      const proposal = this.proposals[number - 1];
      if (proposal.state === 'open') {
        this.calls.push(`merge ${repository}!${number}`);
        proposal.state = 'merged';
        this.proposed.forEach(({ path, text }) => this.files.set(path, text));
      }
    },
    closeMergeRequest: async (repository, number) => {
      const proposal = this.proposals[number - 1];
      if (proposal?.state === 'open') {
        this.calls.push(`close ${repository}!${number}`);
        proposal.state = 'closed';
      }
    },
    revokeAccess: async userRef => {
      const count = this.accessTokens.get(userRef) ?? 0;
      this.accessTokens.delete(userRef);
      return count;
    },
    setOwner: async (name, owner) => {
      const repository = this.repositories.get(name);
      if (repository) {
        this.repositories.set(name, { ...repository, owner });
      }
      return repository !== undefined;
    },
  };

  readonly engine: PipelineEngine = {
    name: 'test',
    run: async (_request, observer) => {
      const failed = this.outcome.state === 'failed';
      await observer.jobsChanged([
        { name: 'test', stage: 'test', state: failed ? 'failed' : 'succeeded' },
      ]);
      await observer.jobPrinted('test', [{ sequence: 1, text: 'hello' }]);
      await observer.jobPrinted('test', [{ sequence: 1, text: 'hello' }]);
      if (this.interruptions > 0) {
        this.interruptions -= 1;
        return { state: 'interrupted' };
      }
      return this.outcome;
    },
    stop: async () => {},
    forget: async id => {
      this.calls.push(`forget ${id}`);
    },
  };

  /** How many processes there are, and why none runs, by service and environment. */
  readonly replicas = new Map<string, number>();
  readonly stopped = new Map<string, string>();

  readonly runtime: Runtime = {
    name: 'test',
    start: async spec => {
      this.calls.push(`start ${spec.label.split(' ')[0]}`);
      if (this.broken.has(spec.label.split(' ')[0])) {
        throw new OperationFailedError({ message: 'It never became ready.' });
      }
      this.replicas.set(keyOf(spec.ref), spec.replicas ?? 1);
      if (spec.work && spec.work.kind !== 'service') {
        this.#unreached.add(spec.instanceId);
      }
    },
    switchTraffic: async (ref, instanceId) => {
      this.#serving.set(keyOf(ref), instanceId);
      this.stopped.delete(keyOf(ref));
      return { url: this.#urlOf(instanceId) };
    },
    shiftTraffic: async (_ref, { percent }) => {
      this.calls.push(`shift ${percent}`);
    },
    signals: async (_ref, instanceId) =>
      this.signals.get(instanceId) ?? { requests: 0, errors: 0, buckets: [] },
    probe: async (_ref, _instanceId, { path }) => ({
      status: this.answers.get(path) ?? 404,
      body: '',
      durationMs: 1,
    }),
    retire: async () => {},
    scale: async (ref, replicas) => {
      this.calls.push(`scale ${keyOf(ref)} ${replicas}`);
      this.replicas.set(keyOf(ref), replicas);
    },
    restart: async ref => {
      this.calls.push(`restart ${keyOf(ref)}`);
    },
    stop: async (ref, reason) => {
      this.calls.push(`stop ${keyOf(ref)}`);
      this.stopped.set(keyOf(ref), reason);
    },
    resume: async ref => {
      this.calls.push(`resume ${keyOf(ref)}`);
      this.stopped.delete(keyOf(ref));
    },
    abandon: async () => {
      this.calls.push('abandon');
    },
    remove: async ({ service, environment }) => {
      this.calls.push(`remove ${service} ${environment}`);
      this.#serving.delete(keyOf({ service, environment }));
    },
    calls: async () => this.calledServices,
    observe: async (ref): Promise<WorkloadStatus> => {
      const instanceId = this.#serving.get(keyOf(ref));
      const wanted = this.replicas.get(keyOf(ref)) ?? 1;
      const reason = this.stopped.get(keyOf(ref));
      return {
        health: instanceId && !reason ? 'healthy' : 'stopped',
        instanceId,
        ...(instanceId && { replicas: { wanted, ready: reason ? 0 : wanted } }),
        ...(reason && { stopped: { reason, since: '2026-01-01T00:00:00Z' } }),
        url: instanceId && this.#urlOf(instanceId),
        restarts: 0,
      };
    },
    async *logs() {
      yield {
        at: '2026-01-01T00:00:00.000Z',
        releaseId: 'v1',
        stream: 'stdout' as const,
        text: 'listening',
      };
    },
    watch: () => {},
  };

  #urlOf(instanceId: string): string | undefined {
    return this.#unreached.has(instanceId)
      ? undefined
      : 'http://orders-dev.localhost';
  }

  readonly module = createBackendModule({
    pluginId: 'platform',
    moduleId: 'test-providers',
    register: env => {
      env.registerInit({
        deps: {
          forges: forgeExtensionPoint,
          engines: pipelineEngineExtensionPoint,
          runtimes: runtimeExtensionPoint,
        },
        init: async ({ forges, engines, runtimes }) => {
          forges.setForge(this.forge);
          engines.setPipelineEngine(this.engine);
          runtimes.setRuntime(this.runtime);
        },
      });
    },
  });
}

function keyOf({ service, environment }: WorkloadRef): string {
  return `${service} ${environment}`;
}
