import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { mockServices } from '@backstage/backend-test-utils';
import {
  PlatformClient,
  type CommitDetail,
  type Deployment,
  type Pipeline,
  type Repository,
  type Run,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import type { PlatformAccessOptions } from '../PlatformAccess';

type Answer = (
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
) => unknown;

/** Where the portal is, as far as links are concerned. */
export const PORTAL_URL = 'https://portal.example.com';

const environments = [
  { name: 'dev', title: 'Development', autoDeploy: true, protected: false },
  { name: 'staging', title: 'Staging', autoDeploy: false, protected: false },
];

/** A server that answers the platform's routes over real HTTP, from what a test puts into it. */
export class FakePlatform {
  readonly repositories = new Map<string, Repository>();
  readonly commits = new Map<string, CommitDetail>();
  readonly archives: Buffer[] = [];
  readonly pipelines: Pipeline[] = [];
  readonly deployments: Deployment[] = [];
  readonly jobLogs: Record<string, string[]> = {};
  /** What each connection to a run's stream is sent; without `end` the connection breaks after it. */
  readonly streams: Record<string, RunStreamEvent[][]> = {};
  /** The tokens that requests came with. */
  readonly tokens = new Set<string | undefined>();
  /** Makes the answer to a creation get lost after it happened. */
  loseAnswers = false;

  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(error => response.destroy(error));
  });

  async start(): Promise<PlatformAccessOptions> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return {
      auth: mockServices.auth(),
      platform: new PlatformClient({
        discoveryApi: { getBaseUrl: async () => `http://127.0.0.1:${port}` },
      }),
      portalUrl: PORTAL_URL,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.tokens.add(request.headers.authorization);
    const url = new URL(request.url ?? '', 'http://platform');
    const route = `${request.method} ${url.pathname}`;
    const [, answer] =
      this.#routes.find(([pattern]) => pattern.test(route)) ?? [];
    const body = await answer?.(url, request, response);
    if (response.headersSent || response.destroyed) {
      return;
    }
    if (body === undefined) {
      sendError(response, 404, 'NotFoundError', `There is no ${route}.`);
    } else {
      sendJson(response, 200, body);
    }
  }

  readonly #routes: Array<[RegExp, Answer]> = [
    [/^POST \/repositories$/, (...all) => this.#create(...all)],
    [/^GET \/repositories\/[^/]+$/, url => this.repositories.get(last(url))],
    [/^GET \/repositories\/.*\/commits/, url => this.commits.get(last(url))],
    [/^GET \/environments$/, () => ({ items: environments })],
    [/^GET \/pipelines$/, () => ({ items: this.pipelines })],
    [
      /^GET \/pipelines\/[^/]+$/,
      url => this.pipelines.find(({ id }) => id === last(url)),
    ],
    [/^GET \/pipelines\/.*\/log$/, url => this.#readLog(url)],
    [/^GET \/services\/.*\/deployments$/, () => ({ items: this.deployments })],
    [/^GET \/runs\/.*\/stream$/, (...all) => this.#stream(...all)],
  ];

  async #create(
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    const archive = await buffer(request);
    const { name, owner, description, message } = Object.fromEntries(
      url.searchParams,
    );
    const existing = this.repositories.get(name);
    if (existing) {
      const problem = `The name "${name}" is taken by a repository of ${existing.owner}. Choose another.`;
      return sendError(response, 409, 'ConflictError', problem);
    }
    if (owner === 'group:default/growth') {
      const problem = `You don't belong to ${owner}. Choose one of your teams.`;
      return sendError(response, 403, 'NotAllowedError', problem);
    }
    this.archives.push(archive);
    const head: CommitDetail = {
      ...buildCommit(),
      title: message.split('\n')[0],
      message,
      parents: [],
      files: [],
    };
    const repository: Repository = {
      name,
      description,
      owner,
      defaultBranch: 'main',
      cloneUrl: `${PORTAL_URL}/git/${name}.git`,
      webUrl: `${PORTAL_URL}/repositories/${name}`,
      createdAt: head.authoredAt,
      head,
    };
    this.repositories.set(name, repository);
    this.commits.set(head.sha, head);
    return this.loseAnswers ? response.destroy() : repository;
  }

  #readLog(url: URL) {
    const job = url.pathname.split('/').at(-2) ?? '';
    const after = Number(url.searchParams.get('after'));
    const lines = (this.jobLogs[job] ?? [])
      .map((text, index) => ({ sequence: index + 1, text }))
      .filter(({ sequence }) => sequence > after);
    return { lines, truncated: 0 };
  }

  #stream(url: URL, _request: IncomingMessage, response: ServerResponse) {
    const runId = url.pathname.split('/').at(-2) ?? '';
    const events = this.streams[runId]?.shift();
    if (!events) {
      return undefined;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = events.map(event => `data: ${JSON.stringify(event)}\n\n`);
    response.write(text.join(''), () => {
      if (events.at(-1)?.type === 'end') {
        response.end();
      } else {
        response.destroy();
      }
    });
    return undefined;
  }
}

/** The commit that everything here is about. */
export function buildCommit() {
  return {
    sha: 'a41f9c2'.padEnd(40, '0'),
    title: 'Create invoice-mailer',
    authorName: 'Mara Lindqvist',
    authorEmail: 'mara@example.com',
    authoredAt: '2026-11-23T20:00:00.000Z',
  };
}

/** A run that is under way unless told otherwise. */
export function buildRun(overrides: Partial<Run>): Run {
  return {
    id: 'run',
    kind: 'pipeline',
    title: 'Build invoice-mailer',
    target: 'target',
    state: 'running',
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    input: {},
    steps: [],
    createdAt: '2026-11-23T20:00:00.000Z',
    ...overrides,
  };
}

function last(url: URL): string {
  return decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
}

function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(
  response: ServerResponse,
  status: number,
  name: string,
  message: string,
) {
  sendJson(response, status, {
    error: { name, message },
    response: { statusCode: status },
  });
}
