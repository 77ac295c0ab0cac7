import { ResponseError } from '@backstage/errors';
import type {
  Deployment,
  Environment,
  Release,
  WorkloadLogLine,
} from '../deployments';
import type { JobLogLine, Pipeline } from '../pipelines';
import type {
  AccessToken,
  CommitDetail,
  CommitSummary,
  CreatedAccessToken,
  FileContent,
  Repository,
  TreeEntry,
} from '../repositories';
import type { Page, Run, RunFilter } from '../runs';
import type { NameCheck, ServiceOverview, ServiceSummary } from '../services';
import type {
  CreateRepositoryRequest,
  PlatformApi,
  RequestOptions,
  RunStreamEvent,
} from './PlatformApi';
import { readEventStream } from './readEventStream';

/** How the client finds and calls the backend. */
export interface PlatformClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Left out, the global `fetch`. */
  fetchApi?: { fetch: typeof fetch };
}

type Query = Record<string, string | number | string[] | undefined>;

interface Request extends RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Query;
  json?: unknown;
  body?: Uint8Array;
  accept?: string;
}

/** {@link PlatformApi} over HTTP, in the browser and between backend plugins. */
export class PlatformClient implements PlatformApi {
  readonly #discoveryApi: PlatformClientOptions['discoveryApi'];
  readonly #fetch: typeof fetch;

  constructor(options: PlatformClientOptions) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetch =
      options.fetchApi?.fetch ?? ((input, init) => fetch(input, init));
  }

  listRuns(
    filter: RunFilter & { cursor?: string; limit?: number },
    options?: RequestOptions,
  ) {
    return this.#json<Page<Run>>('/runs', { ...options, query: { ...filter } });
  }

  getRun(id: string, options?: RequestOptions) {
    return this.#json<Run>(path`/runs/${id}`, options);
  }

  cancelRun(id: string, options?: RequestOptions) {
    return this.#json<Run>(path`/runs/${id}/cancel`, {
      ...options,
      method: 'POST',
    });
  }

  retryRun(id: string, options?: RequestOptions) {
    return this.#json<Run>(path`/runs/${id}/retry`, {
      ...options,
      method: 'POST',
    });
  }

  streamRun(id: string, options?: RequestOptions) {
    return this.#stream<RunStreamEvent>(path`/runs/${id}/stream`, options);
  }

  async listPipelines(
    filter: { service: string; limit?: number },
    options?: RequestOptions,
  ) {
    return (
      await this.#json<{ items: Pipeline[] }>('/pipelines', {
        ...options,
        query: filter,
      })
    ).items;
  }

  getPipeline(id: string, options?: RequestOptions) {
    return this.#json<Pipeline>(path`/pipelines/${id}`, options);
  }

  getJobLog(
    pipelineId: string,
    job: string,
    after?: number,
    options?: RequestOptions,
  ) {
    return this.#json<{ lines: JobLogLine[]; truncated: number }>(
      path`/pipelines/${pipelineId}/jobs/${job}/log`,
      {
        ...options,
        query: { after },
      },
    );
  }

  async listEnvironments(options?: RequestOptions) {
    return (
      await this.#json<{ items: Environment[] }>('/environments', options)
    ).items;
  }

  async listServices(filter: { owner?: string[] }, options?: RequestOptions) {
    return (
      await this.#json<{ items: ServiceSummary[] }>('/services', {
        ...options,
        query: filter,
      })
    ).items;
  }

  getService(service: string, options?: RequestOptions) {
    return this.#json<ServiceOverview>(path`/services/${service}`, options);
  }

  checkServiceName(name: string, options?: RequestOptions) {
    return this.#json<NameCheck>('/service-names', {
      ...options,
      query: { name },
    });
  }

  async listReleases(service: string, options?: RequestOptions) {
    return (
      await this.#json<{ items: Release[] }>(
        path`/services/${service}/releases`,
        options,
      )
    ).items;
  }

  async listDeployments(
    filter: { service: string; environment?: string; limit?: number },
    options?: RequestOptions,
  ) {
    const { service, ...query } = filter;
    return (
      await this.#json<{ items: Deployment[] }>(
        path`/services/${service}/deployments`,
        { ...options, query },
      )
    ).items;
  }

  deploy(
    request: { service: string; environment: string; releaseId: string },
    options?: RequestOptions,
  ) {
    const { service, ...json } = request;
    return this.#json<Run>(path`/services/${service}/deployments`, {
      ...options,
      method: 'POST',
      json,
    });
  }

  streamServiceLogs(
    request: { service: string; environment: string; tail?: number },
    options?: RequestOptions,
  ) {
    const { service, ...query } = request;
    return this.#stream<WorkloadLogLine>(path`/services/${service}/logs`, {
      ...options,
      query,
    });
  }

  createRepository(
    request: CreateRepositoryRequest,
    archive: Uint8Array,
    options?: RequestOptions,
  ) {
    return this.#json<Repository>('/repositories', {
      ...options,
      method: 'POST',
      query: { ...request },
      body: archive,
    });
  }

  async listRepositories(options?: RequestOptions) {
    return (await this.#json<{ items: Repository[] }>('/repositories', options))
      .items;
  }

  getRepository(name: string, options?: RequestOptions) {
    return this.#json<Repository>(path`/repositories/${name}`, options);
  }

  async getTree(
    repository: string,
    ref: string,
    treePath: string,
    options?: RequestOptions,
  ) {
    const query = { ref, path: treePath };
    return (
      await this.#json<{ items: TreeEntry[] }>(
        path`/repositories/${repository}/tree`,
        { ...options, query },
      )
    ).items;
  }

  getFile(
    repository: string,
    ref: string,
    filePath: string,
    options?: RequestOptions,
  ) {
    return this.#json<FileContent>(path`/repositories/${repository}/file`, {
      ...options,
      query: { ref, path: filePath },
    });
  }

  async listCommits(
    repository: string,
    ref: string,
    options: RequestOptions & { limit?: number; offset?: number } = {},
  ) {
    const { limit, offset, ...rest } = options;
    const query = { ref, limit, offset };
    return (
      await this.#json<{ items: CommitSummary[] }>(
        path`/repositories/${repository}/commits`,
        { ...rest, query },
      )
    ).items;
  }

  getCommit(repository: string, sha: string, options?: RequestOptions) {
    return this.#json<CommitDetail>(
      path`/repositories/${repository}/commits/${sha}`,
      options,
    );
  }

  async listAccessTokens(options?: RequestOptions) {
    return (
      await this.#json<{ items: AccessToken[] }>('/access-tokens', options)
    ).items;
  }

  createAccessToken(
    request: { name: string; expiresInDays?: number },
    options?: RequestOptions,
  ) {
    return this.#json<CreatedAccessToken>('/access-tokens', {
      ...options,
      method: 'POST',
      json: request,
    });
  }

  async revokeAccessToken(id: string, options?: RequestOptions) {
    await this.#request(path`/access-tokens/${id}`, {
      ...options,
      method: 'DELETE',
    });
  }

  async #json<T>(urlPath: string, request?: Request): Promise<T> {
    const response = await this.#request(urlPath, request);
    return (await response.json()) as T;
  }

  async *#stream<T>(urlPath: string, request?: Request): AsyncIterable<T> {
    const response = await this.#request(urlPath, {
      ...request,
      accept: 'text/event-stream',
    });
    if (response.body) {
      yield* readEventStream<T>(response.body);
    }
  }

  async #request(urlPath: string, request: Request = {}): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('platform');
    const headers = new Headers();
    if (request.token) {
      headers.set('authorization', `Bearer ${request.token}`);
    }
    if (request.accept) {
      headers.set('accept', request.accept);
    }
    let body: string | Uint8Array | undefined;
    if (request.json !== undefined) {
      headers.set('content-type', 'application/json');
      body = JSON.stringify(request.json);
    } else if (request.body) {
      headers.set('content-type', 'application/gzip');
      body = request.body;
    }
    const url = `${baseUrl}${urlPath}${queryString(request.query ?? {})}`;
    const init: RequestInit = {
      method: request.method ?? 'GET',
      headers,
      body: body as BodyInit | undefined,
      signal: request.signal,
    };
    const response = await this.#fetch(url, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function path(strings: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) {
        search.append(key, String(item));
      }
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
