import type { HttpRouterService } from '@backstage/backend-plugin-api';
import { NotImplementedError } from '@backstage/errors';
import type { AuthProviderFactory } from '@backstage/plugin-auth-node';
import Router from 'express-promise-router';
import type { LocalAuthService } from './LocalAuthService';
import { createRouter } from './router/createRouter';
import { SessionCookie } from './router/SessionCookie';

/**
 * Makes the provider. Backstage mounts four fixed routes for a provider, made for redirects to somebody else's sign-in
 * page; this one needs others, so it mounts its own in front of them.
 */
export function createLocalAuthProvider(options: {
  service: LocalAuthService;
  httpRouter: HttpRouterService;
}): AuthProviderFactory {
  const { service, httpRouter } = options;
  return ({ providerId, baseUrl, resolverContext }) => {
    const cookie = new SessionCookie(baseUrl, providerId);
    const routes = createRouter({ service, cookie, context: resolverContext });
    httpRouter.use(Router().use(`/${providerId}`, routes));

    const notARedirect = async () => {
      throw new NotImplementedError(
        `The provider "${providerId}" takes a user name and a password at POST /login.`,
      );
    };
    return { start: notARedirect, frameHandler: notARedirect };
  };
}
