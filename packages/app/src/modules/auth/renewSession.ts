import type { FetchMiddleware } from '@backstage/core-app-api';
import type { LocalAuthApi } from './LocalAuth';

/**
 * Sends a request again, once, with a new token when the portal refused the one it carried: the keys
 * may have been rotated, or the clock of this machine may have been asleep. Requests that were not
 * sent with a token of ours, and those to other hosts, come back as they are.
 */
export function renewSession(options: {
  auth: LocalAuthApi;
  backendUrl: string;
}): FetchMiddleware {
  const backend = new URL(options.backendUrl);
  return {
    apply(next) {
      return async (input, init) => {
        const request = new Request(input, init);
        const retry = request.clone();
        const response = await next(request);
        const identity = options.auth.current();
        const isOurs = new URL(request.url).origin === backend.origin;
        if (response.status !== 401 || !identity || !isOurs) {
          return response;
        }
        try {
          await identity.refresh();
        } catch {
          return response;
        }
        return next(retry);
      };
    },
  };
}
