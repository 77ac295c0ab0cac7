import type {
  EnvironmentsView,
  Explanation,
  Resource,
  ResourceFilter,
  ResourceMatch,
  ResourceType,
} from '../../resources';
import type { Page } from '../../runs';
import type { RequestOptions } from '../options';
import type { PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Resources, what can be asked for, and the environments that define it. */
export const resourcesCalls = (http: PlatformHttp) =>
  ({
    listResources(
      filter: ResourceFilter & { cursor?: string; limit?: number },
      options?: RequestOptions,
    ) {
      return http.json<Page<Resource>>('/resources', {
        ...options,
        query: { ...filter },
      });
    },

    getResource(id: string, options?: RequestOptions) {
      return http.json<Resource>(path`/resources/${id}`, options);
    },

    async revealResource(id: string, options?: RequestOptions) {
      const { outputs } = await http.json<{ outputs: Record<string, string> }>(
        path`/resources/${id}/reveal`,
        { ...options, method: 'POST' },
      );
      return outputs;
    },

    checkResource(id: string, options?: RequestOptions) {
      return http.json<Resource>(path`/resources/${id}/check`, {
        ...options,
        method: 'POST',
      });
    },

    listResourceTypes(options?: RequestOptions) {
      return http.items<ResourceType>('/resource-types', options);
    },

    explainResource(request: ResourceMatch, options?: RequestOptions) {
      return http.json<Explanation>('/resource-definitions/explain', {
        ...options,
        query: { ...request },
      });
    },

    getEnvironments(options?: RequestOptions) {
      return http.json<EnvironmentsView>('/resource-definitions', options);
    },
  }) satisfies Partial<PlatformApi>;
