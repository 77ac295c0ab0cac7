import {
  type Page,
  type PlatformHttp,
  urlPath,
} from '@slipway/plugin-platform-common';
import type {
  BlastRadius,
  DependencyGraph,
  EntityOwnership,
  HistoryEntry,
  OwnedEntity,
  OwnershipCoverage,
} from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** What is owned by whom, and what depends on it. */
export const entitiesCalls = (
  http: PlatformHttp,
): Pick<
  OwnershipApi,
  | 'getEntity'
  | 'listEntities'
  | 'getCoverage'
  | 'getHistory'
  | 'getBlastRadius'
  | 'getDependencies'
> => ({
  getEntity(entityRef, options) {
    return http.json<EntityOwnership>(urlPath`/entities/${entityRef}`, options);
  },

  listEntities(filter, options) {
    return http.json<Page<OwnedEntity>>('/entities', {
      ...options,
      query: { ...filter },
    });
  },

  getCoverage(options) {
    return http.json<OwnershipCoverage>('/coverage', options);
  },

  getHistory(entityRef, paging, options) {
    return http.json<Page<HistoryEntry>>(
      urlPath`/entities/${entityRef}/history`,
      { ...options, query: { ...paging } },
    );
  },

  getBlastRadius(entityRef, options) {
    return http.json<BlastRadius>(
      urlPath`/entities/${entityRef}/blast-radius`,
      options,
    );
  },

  getDependencies(entityRef, depth, options) {
    return http.json<DependencyGraph>(
      urlPath`/entities/${entityRef}/dependencies`,
      { ...options, query: { depth } },
    );
  },
});
