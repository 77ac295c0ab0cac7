import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';

/**
 * Stands where the auth plugin stands, as far as other plugins ask it: for the public keys that people's tokens are signed with.
 * The test signs the tokens; that they are verified is as real as in the portal.
 */
export const authKeysPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
      },
      async init({ config, httpRouter }) {
        const keys = config.get('faults.tokenKeys');
        httpRouter.use(
          express.Router().get('/.well-known/jwks.json', (_, response) => {
            response.json({ keys });
          }),
        );
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
