import type { Environment, WorkloadLogLine } from '../../deployments';
import type {
  EntityEdit,
  LeaverOutcome,
  LeaverRequest,
  OwnershipMove,
  OwnershipMoveRequest,
  ServiceCall,
  ServiceChange,
} from '../../ownership';
import type { MergeRequest } from '../../repositories';
import type { Run } from '../../runs';
import type {
  NameCheck,
  ServiceOverview,
  ServiceSummary,
} from '../../services';
import type { RequestOptions, StartOptions } from '../options';
import type { CreateServiceRequest, PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Services and what runs of them: environments, releases, deployments and logs. */
export const servicesCalls = (http: PlatformHttp) =>
  ({
    listEnvironments(options?: RequestOptions) {
      return http.items<Environment>('/environments', options);
    },

    listServices(filter: { owner?: string[] }, options?: RequestOptions) {
      return http.items<ServiceSummary>('/services', {
        ...options,
        query: filter,
      });
    },

    createService(
      request: CreateServiceRequest,
      archive: Uint8Array,
      options?: StartOptions,
    ) {
      return http.json<Run>('/services', {
        ...options,
        method: 'POST',
        query: { ...request },
        body: archive,
      });
    },

    moveOwnership(request: OwnershipMoveRequest, options?: RequestOptions) {
      return http.json<OwnershipMove>('/ownership-moves', {
        ...options,
        method: 'POST',
        json: request,
      });
    },

    personLeft(request: LeaverRequest, options?: RequestOptions) {
      return http.json<LeaverOutcome>('/leavers', {
        ...options,
        method: 'POST',
        json: request,
      });
    },

    listServiceCalls(options?: RequestOptions) {
      return http.items<ServiceCall>('/service-calls', options);
    },

    listServiceHistory(
      after: { at?: string; key?: string; limit: number },
      options?: RequestOptions,
    ) {
      return http.items<ServiceChange>('/service-history', {
        ...options,
        query: after,
      });
    },

    editEntity(edit: EntityEdit, options?: RequestOptions) {
      return http.json<MergeRequest>('/entity-edits', {
        ...options,
        method: 'POST',
        json: edit,
      });
    },

    listEntityEdits(entityRef: string, options?: RequestOptions) {
      return http.items<MergeRequest>('/entity-edits', {
        ...options,
        query: { entityRef },
      });
    },

    getService(service: string, options?: RequestOptions) {
      return http.json<ServiceOverview>(path`/services/${service}`, options);
    },

    checkServiceName(name: string, options?: RequestOptions) {
      return http.json<NameCheck>('/service-names', {
        ...options,
        query: { name },
      });
    },

    streamServiceLogs(
      request: { service: string; environment: string; tail?: number },
      options?: RequestOptions,
    ) {
      const { service, ...query } = request;
      return http.stream<WorkloadLogLine>(path`/services/${service}/logs`, {
        ...options,
        query,
      });
    },
  }) satisfies Partial<PlatformApi>;
