import type { Environment, WorkloadLogLine } from '../deployments';
import type { DeliveryApi } from './DeliveryApi';
import type { MergeRequestsApi } from './MergeRequestsApi';
import type { RequestOptions, StartOptions } from './options';
import type { PreviewsApi } from './PreviewsApi';
import type {
  EntityEdit,
  LeaverOutcome,
  LeaverRequest,
  OwnershipMove,
  OwnershipMoveRequest,
  ServiceCall,
  ServiceChange,
} from '../ownership';
import type { JobLogLine, Pipeline } from '../pipelines';
import type {
  AccessToken,
  CommitDetail,
  CommitSummary,
  CreatedAccessToken,
  FileContent,
  MergeRequest,
  Repository,
  TreeEntry,
} from '../repositories';
import type {
  EnvironmentsView,
  Explanation,
  Resource,
  ResourceFilter,
  ResourceMatch,
  ResourceType,
} from '../resources';
import type {
  Approval,
  LedgerGroup,
  Page,
  Run,
  RunFilter,
  RunLogLine,
  RunPlan,
  StartRunRequest,
  WaitLedger,
} from '../runs';
import type { NameCheck, ServiceOverview, ServiceSummary } from '../services';

/** What a new repository is to be. */
export interface CreateRepositoryRequest {
  name: string;
  description: string;
  /** The entity reference of the team that will own it; the caller must belong to it. */
  owner: string;
  /** The first line of the first commit's message. */
  message?: string;
}

/** What a new service is to be. */
export interface CreateServiceRequest extends CreateRepositoryRequest {
  /** The entity reference of the template that asks. */
  goldenPath?: string;
}

/** A change pushed by an event stream. */
export type RunStreamEvent =
  | { type: 'run'; run: Run }
  | { type: 'pipeline'; pipeline: Pipeline }
  | { type: 'log'; lines: RunLogLine[] }
  | { type: 'end' };

/**
 * The platform's API as its callers see it. Every method throws `ResponseError` with the server's
 * message when the server refuses.
 */
export interface PlatformApi
  extends DeliveryApi, MergeRequestsApi, PreviewsApi {
  listRuns(
    filter: RunFilter & { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Page<Run>>;
  getRun(id: string, options?: RequestOptions): Promise<Run>;
  /** What a run would do and what the rules say to it; stores nothing. */
  planRun(request: StartRunRequest, options?: RequestOptions): Promise<RunPlan>;
  /** With `hold`, the run is stored with its plan and started by {@link PlatformApi.startPlannedRun}. */
  startRun(
    request: StartRunRequest & { hold?: boolean },
    options?: StartOptions,
  ): Promise<Run>;
  startPlannedRun(id: string, options?: RequestOptions): Promise<Run>;
  /** Stops a run at the next safe point; what it did so far stands in the run. */
  cancelRun(id: string, options?: RequestOptions): Promise<Run>;
  /** Goes on from the step that failed. */
  retryRun(id: string, options?: RequestOptions): Promise<Run>;
  /** Takes back what a failed or cancelled run did, in reverse order. */
  undoRun(id: string, options?: RequestOptions): Promise<Run>;
  /** Ends the matter of a failed or cancelled run; what remains of it stays listed. */
  giveUpRun(id: string, options?: RequestOptions): Promise<Run>;
  /** The run and its log, now and as they change, until it ends or `signal` aborts. */
  streamRun(
    id: string,
    options?: RequestOptions,
  ): AsyncIterable<RunStreamEvent>;

  /** Of the ownership backend alone: entities go to other teams. */
  moveOwnership(
    request: OwnershipMoveRequest,
    options?: RequestOptions,
  ): Promise<OwnershipMove>;
  /** Of the ownership backend alone: takes back what somebody had. May be called again. */
  personLeft(
    request: LeaverRequest,
    options?: RequestOptions,
  ): Promise<LeaverOutcome>;

  /** Of other plugins alone: which service called which. */
  listServiceCalls(options?: RequestOptions): Promise<ServiceCall[]>;

  /** Of other plugins alone: what happened to services, the oldest first, after one that is known. */
  listServiceHistory(
    after: { at?: string; key?: string; limit: number },
    options?: RequestOptions,
  ): Promise<ServiceChange[]>;

  /** Opens a merge request that changes an entity file. */
  editEntity(edit: EntityEdit, options?: RequestOptions): Promise<MergeRequest>;
  /** The merge requests that change an entity and aren't over. */
  listEntityEdits(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<MergeRequest[]>;

  listApprovals(
    filter: {
      state?: 'open' | 'ended';
      mine?: boolean;
      cursor?: string;
      limit?: number;
    },
    options?: RequestOptions,
  ): Promise<Page<Approval>>;
  getApproval(id: string, options?: RequestOptions): Promise<Approval>;
  approve(
    id: string,
    comment?: string,
    options?: RequestOptions,
  ): Promise<Approval>;
  reject(
    id: string,
    comment?: string,
    options?: RequestOptions,
  ): Promise<Approval>;
  /** Where the time of the runs of the last `days` days went. */
  getWaitLedger(
    query: { groupedBy?: LedgerGroup; days?: number; owner?: string[] },
    options?: RequestOptions,
  ): Promise<WaitLedger>;

  listPipelines(
    filter: { service: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Pipeline[]>;
  getPipeline(id: string, options?: RequestOptions): Promise<Pipeline>;
  /** Lines of one job after the given sequence; `truncated` counts those left out in front. */
  getJobLog(
    pipelineId: string,
    job: string,
    after?: number,
    options?: RequestOptions,
  ): Promise<{ lines: JobLogLine[]; truncated: number }>;

  listEnvironments(options?: RequestOptions): Promise<Environment[]>;
  listServices(
    filter: { owner?: string[] },
    options?: RequestOptions,
  ): Promise<ServiceSummary[]>;
  getService(
    service: string,
    options?: RequestOptions,
  ): Promise<ServiceOverview>;
  checkServiceName(name: string, options?: RequestOptions): Promise<NameCheck>;
  /**
   * Starts a run that makes the service's repository from a gzipped tar of the files, and ends where the service answers.
   * Under an idempotency key it must be the same archive, byte for byte.
   */
  createService(
    request: CreateServiceRequest,
    archive: Uint8Array,
    options?: StartOptions,
  ): Promise<Run>;
  /** The last lines of a service and, until `signal` aborts, each new one. */
  streamServiceLogs(
    request: { service: string; environment: string; tail?: number },
    options?: RequestOptions,
  ): AsyncIterable<WorkloadLogLine>;

  /** Creates a repository with its first commit from a gzipped tar of the files; all of it or nothing. */
  createRepository(
    request: CreateRepositoryRequest,
    archive: Uint8Array,
    options?: RequestOptions,
  ): Promise<Repository>;
  listRepositories(options?: RequestOptions): Promise<Repository[]>;
  getRepository(name: string, options?: RequestOptions): Promise<Repository>;
  getTree(
    repository: string,
    ref: string,
    path: string,
    options?: RequestOptions,
  ): Promise<TreeEntry[]>;
  getFile(
    repository: string,
    ref: string,
    path: string,
    options?: RequestOptions,
  ): Promise<FileContent>;
  listCommits(
    repository: string,
    ref: string,
    options?: RequestOptions & { limit?: number; offset?: number },
  ): Promise<CommitSummary[]>;
  getCommit(
    repository: string,
    sha: string,
    options?: RequestOptions,
  ): Promise<CommitDetail>;

  listAccessTokens(options?: RequestOptions): Promise<AccessToken[]>;
  createAccessToken(
    request: { name: string; expiresInDays?: number },
    options?: RequestOptions,
  ): Promise<CreatedAccessToken>;
  revokeAccessToken(id: string, options?: RequestOptions): Promise<void>;

  listResources(
    filter: ResourceFilter & { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Page<Resource>>;
  getResource(id: string, options?: RequestOptions): Promise<Resource>;
  /** The secret outputs by name, for members of the owning team; it is on record who asked. */
  revealResource(
    id: string,
    options?: RequestOptions,
  ): Promise<Record<string, string>>;
  /** Looks for drift now. */
  checkResource(id: string, options?: RequestOptions): Promise<Resource>;
  /** What can be asked for, in every environment. */
  listResourceTypes(options?: RequestOptions): Promise<ResourceType[]>;
  /** Which definition would make a resource, and why. */
  explainResource(
    request: ResourceMatch,
    options?: RequestOptions,
  ): Promise<Explanation>;
  /** Environments and definitions as they were read, and what they would change. */
  getEnvironments(options?: RequestOptions): Promise<EnvironmentsView>;
}
