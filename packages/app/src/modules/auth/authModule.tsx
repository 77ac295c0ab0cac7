import { createFetchApi, FetchMiddlewares } from '@backstage/core-app-api';
import {
  ApiBlueprint,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { LocalAuth, localAuthApiRef } from './LocalAuth';
import { renewSession } from './renewSession';

const localAuthApi = ApiBlueprint.make({
  name: 'local-auth',
  params: defineParams =>
    defineParams({
      api: localAuthApiRef,
      deps: { discoveryApi: discoveryApiRef },
      factory: deps => new LocalAuth(deps),
    }),
});

const fetchApi = ApiBlueprint.make({
  name: 'fetch',
  params: defineParams =>
    defineParams({
      api: fetchApiRef,
      deps: {
        auth: localAuthApiRef,
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        identityApi: identityApiRef,
      },
      factory: ({ auth, configApi, discoveryApi, identityApi }) =>
        createFetchApi({
          middleware: [
            FetchMiddlewares.resolvePluginProtocol({ discoveryApi }),
            renewSession({
              auth,
              backendUrl: configApi.getString('backend.baseUrl'),
            }),
            FetchMiddlewares.injectIdentityAuth({
              identityApi,
              config: configApi,
            }),
          ],
        }),
    }),
});

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: () => import('./SignInPage').then(module => module.SignInPage),
  },
});

/** Sign-in with a password, and a fetch API that keeps the session alive. */
export const authModule = createFrontendModule({
  pluginId: 'app',
  extensions: [localAuthApi, fetchApi, signInPage],
});
