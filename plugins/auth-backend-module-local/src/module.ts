import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { createLocalAuthProvider } from './createLocalAuthProvider';
import { CredentialProvisioner } from './credentials/CredentialProvisioner';
import { DatabaseCredentialStore } from './credentials/DatabaseCredentialStore';
import { PasswordFile } from './credentials/PasswordFile';
import { PasswordHasher } from './credentials/PasswordHasher';
import { connectLocalAuthDatabase } from './database/connectLocalAuthDatabase';
import { LocalAuthService } from './LocalAuthService';
import { readLocalAuthOptions } from './readLocalAuthOptions';
import { DatabaseSessionStore } from './sessions/DatabaseSessionStore';
import { AttemptThrottle } from './throttle/AttemptThrottle';
import { UserDirectory } from './users/UserDirectory';

/** Lets people of the catalog sign in with a user name and a password. */
export const authModuleLocal = createBackendModule({
  pluginId: 'auth',
  moduleId: 'local',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, database, httpRouter, logger, providers }) {
        const options = readLocalAuthOptions(config);
        if (!options) {
          return;
        }
        const knex = await connectLocalAuthDatabase(database);
        const users = new UserDirectory(options.usersFrom);
        const credentials = new DatabaseCredentialStore(knex);
        const passwordFile = new PasswordFile(options.passwordFile);
        const hasher = new PasswordHasher();
        await new CredentialProvisioner({
          users,
          credentials,
          passwordFile,
          hasher,
          logger,
        }).provision();

        const service = new LocalAuthService({
          credentials,
          sessions: new DatabaseSessionStore({
            knex,
            durationMs: options.sessionDurationMs,
          }),
          throttle: new AttemptThrottle(knex),
          hasher,
          passwordFile,
          users,
        });
        providers.registerProvider({
          providerId: 'local',
          factory: createLocalAuthProvider({ service, httpRouter }),
        });
      },
    });
  },
});
