import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { PushDelivery } from '../pushes/PushDelivery';
import type { RepositoryAnnouncer } from '../repositories/RepositoryAnnouncer';
import type { Repositories } from '../repositories/Repositories';
import { CommitStatusStore } from './CommitStatusStore';
import { createMergeRequestRouter } from './createMergeRequestRouter';
import { Merger } from './Merger';
import { MergeRequestNews } from './MergeRequestNews';
import { MergeRequestReader } from './MergeRequestReader';
import { MergeRequestService } from './MergeRequestService';
import { MergeRequestStore } from './MergeRequestStore';
import { MergeRequestWatch } from './MergeRequestWatch';
import { Proposals } from './Proposals';

/** Puts together what looks at branches before they are brought into the default one. */
export function createMergeRequests(options: {
  knex: Knex;
  repositories: Repositories;
  people: CatalogPeople;
  delivery: PushDelivery;
  announcer: RepositoryAnnouncer;
  notifications: Pick<NotificationService, 'send'>;
  logger: LoggerService;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}) {
  const store = new MergeRequestStore(options.knex);
  const statuses = new CommitStatusStore(options.knex);
  const news = new MergeRequestNews(options);
  const reader = new MergeRequestReader({ ...options, store, statuses });
  const service = new MergeRequestService({ ...options, store, reader, news });
  const merger = new Merger({ ...options, store, reader, service, news });
  const watch = new MergeRequestWatch({ ...options, store, news });
  options.delivery.alsoTell((row, branches) => watch.look(row, branches));
  return {
    reader,
    service,
    merger,
    proposals: new Proposals({ ...options, store, news }),
    /** What the pipeline of a commit has come to. */
    async setCommitStatus(
      ...[repository, sha, status]: Parameters<CommitStatusStore['set']>
    ): Promise<void> {
      await statuses.set(repository, sha, status);
      await news.changed({ repository });
    },
    router: createMergeRequestRouter({ ...options, reader, service, merger }),
  };
}

/** See {@link createMergeRequests}. */
export type MergeRequests = ReturnType<typeof createMergeRequests>;
