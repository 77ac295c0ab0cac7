import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { DatabaseDocumentStore } from '@backstage/plugin-search-backend-module-pg';
import { ChangeFollower } from './ChangeFollower';
import { documentsOf } from './documentsOf';
import { EntityDocuments } from './EntityDocuments';

/** Lets the search find at once what changed in the catalog. */
export const searchModuleOwnership = createBackendModule({
  pluginId: 'search',
  moduleId: 'ownership',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ database, events, lifecycle, logger, ...services }) {
        const knex = await database.getClient();
        const documents = new EntityDocuments({
          knex,
          // Not `create`: the search engine's own module makes the tables, and does so at this moment.
          store: new DatabaseDocumentStore(knex),
        });
        const follower = new ChangeFollower({
          logger,
          index: async refs =>
            documents.replace(refs, await documentsOf(refs, services)),
        });
        await follower.follow(events);
        lifecycle.addShutdownHook(() => follower.stop());
      },
    });
  },
});
