import {
  type Page,
  type PlatformHttp,
  urlPath,
} from '@slipway/plugin-platform-common';
import type { Import, ImportRow, PendingEntity } from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** Services that join the catalog. */
export const importsCalls = (
  http: PlatformHttp,
): Pick<
  OwnershipApi,
  | 'importCsv'
  | 'importFolder'
  | 'listImports'
  | 'getImport'
  | 'listImportRows'
  | 'applyImport'
  | 'removeImport'
  | 'listPendingEntities'
  | 'confirmProvided'
> => ({
  importCsv(name, body, options) {
    return http.json<Import>('/imports', {
      ...options,
      method: 'POST',
      query: { name },
      body,
      contentType: 'text/csv',
    });
  },

  importFolder(json, options) {
    return http.json<Import>('/imports', { ...options, method: 'POST', json });
  },

  listImports(paging, options) {
    return http.json<Page<Import>>('/imports', {
      ...options,
      query: { ...paging },
    });
  },

  getImport(id, options) {
    return http.json<Import>(urlPath`/imports/${id}`, options);
  },

  listImportRows(id, filter, options) {
    return http.json<Page<ImportRow>>(urlPath`/imports/${id}/rows`, {
      ...options,
      query: { ...filter },
    });
  },

  applyImport(id, options) {
    return http.json<Import>(urlPath`/imports/${id}/apply`, {
      ...options,
      method: 'POST',
    });
  },

  removeImport(id, options) {
    return http.json<Import>(urlPath`/imports/${id}/remove`, {
      ...options,
      method: 'POST',
    });
  },

  listPendingEntities(limit, options) {
    return http.items<PendingEntity>('/imported-entities/pending', {
      ...options,
      query: { limit },
    });
  },

  async confirmProvided(items, options) {
    await http.send('/imported-entities/provided', {
      ...options,
      method: 'POST',
      json: { items },
    });
  },
});
