import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { resourceProvidersExtensionPoint } from '@slipway/plugin-platform-node';
import { createPostgresProvider } from './createPostgresProvider';
import { PostgresServer } from './server/PostgresServer';
import { readServerOptions } from './server/ServerOptions';

/**
 * How long an act waits for a server that is away, in milliseconds: a restart takes seconds. The platform tries again for longer.
 */
const PATIENCE_MS = 30_000;

/** Adds the provider `postgres`. */
export const postgresModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'postgres',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        providers: resourceProvidersExtensionPoint,
      },
      async init({ config, lifecycle, providers }) {
        const servers = readServerOptions(config).map(
          options => new PostgresServer(options, PATIENCE_MS),
        );
        lifecycle.addShutdownHook(async () => {
          await Promise.all(servers.map(server => server.close()));
        });
        providers.addResourceProvider(createPostgresProvider(servers));
      },
    });
  },
});
