import type {
  Deployment,
  Environment,
  Release,
  WorkloadLogLine,
} from '../../deployments';
import type { Run } from '../../runs';
import type {
  NameCheck,
  ServiceOverview,
  ServiceSummary,
} from '../../services';
import type { PlatformApi, RequestOptions } from '../PlatformApi';
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

    getService(service: string, options?: RequestOptions) {
      return http.json<ServiceOverview>(path`/services/${service}`, options);
    },

    checkServiceName(name: string, options?: RequestOptions) {
      return http.json<NameCheck>('/service-names', {
        ...options,
        query: { name },
      });
    },

    listReleases(service: string, options?: RequestOptions) {
      return http.items<Release>(path`/services/${service}/releases`, options);
    },

    listDeployments(
      filter: { service: string; environment?: string; limit?: number },
      options?: RequestOptions,
    ) {
      const { service, ...query } = filter;
      return http.items<Deployment>(path`/services/${service}/deployments`, {
        ...options,
        query,
      });
    },

    deploy(
      request: { service: string; environment: string; releaseId: string },
      options?: RequestOptions,
    ) {
      const { service, ...json } = request;
      return http.json<Run>(path`/services/${service}/deployments`, {
        ...options,
        method: 'POST',
        json,
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
