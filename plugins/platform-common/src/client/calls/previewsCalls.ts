import type { Preview } from '../../deployments';
import type { Run } from '../../runs';
import { path, type PlatformHttp } from '../PlatformHttp';
import type { PreviewsApi } from '../PreviewsApi';

/** Environments that branches have for themselves. */
export const previewsCalls = (http: PlatformHttp): PreviewsApi => ({
  listPreviews(filter, options) {
    return http.items<Preview>('/previews', {
      ...options,
      query: { ...filter },
    });
  },
  startPreview(json, options) {
    return http.json<Preview>('/previews', {
      ...options,
      method: 'POST',
      json,
    });
  },
  extendPreview(id, options) {
    return http.json<Preview>(path`/previews/${id}/extend`, {
      ...options,
      method: 'POST',
    });
  },
  removePreview(id, options) {
    return http.json<Run>(path`/previews/${id}/remove`, {
      ...options,
      method: 'POST',
    });
  },
});
