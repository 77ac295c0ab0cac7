import { createBackend } from '@backstage/backend-defaults';
import { resourceProviderModules } from './resourceProviderModules';
import { returnIdleMemory } from './returnIdleMemory';
import { rootLoggerServiceFactory } from './rootLogger';

const backend = createBackend();

backend.add(rootLoggerServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@slipway/plugin-auth-backend-module-local'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@slipway/plugin-permission-backend-module-platform'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@slipway/plugin-catalog-backend-module-ownership'));
backend.add(import('@slipway/plugin-catalog-backend-module-platform'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@slipway/plugin-scaffolder-backend-module-platform'));

backend.add(import('@slipway/plugin-platform-backend'));
backend.add(import('@slipway/plugin-platform-backend-module-local-forge'));
backend.add(import('@slipway/plugin-platform-backend-module-local-pipelines'));
backend.add(import('@slipway/plugin-platform-backend-module-local-runtime'));
for (const module of resourceProviderModules) {
  backend.add(module);
}

backend.add(import('@slipway/plugin-ownership-backend'));
backend.add(import('@slipway/plugin-ownership-backend-module-platform'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@slipway/plugin-search-backend-module-ownership'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start();
returnIdleMemory();
