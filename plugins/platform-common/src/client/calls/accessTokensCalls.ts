import type { AccessToken, CreatedAccessToken } from '../../repositories';
import type { RequestOptions } from '../options';
import type { PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** The tokens people push with. */
export const accessTokensCalls = (http: PlatformHttp) =>
  ({
    listAccessTokens(options?: RequestOptions) {
      return http.items<AccessToken>('/access-tokens', options);
    },

    createAccessToken(
      request: { name: string; expiresInDays?: number },
      options?: RequestOptions,
    ) {
      return http.json<CreatedAccessToken>('/access-tokens', {
        ...options,
        method: 'POST',
        json: request,
      });
    },

    async revokeAccessToken(id: string, options?: RequestOptions) {
      await http.send(path`/access-tokens/${id}`, {
        ...options,
        method: 'DELETE',
      });
    },
  }) satisfies Partial<PlatformApi>;
