import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { installHooks } from './hooks/installHooks';
import { createGitRouter } from './http/createGitRouter';
import { HttpBackend } from './http/HttpBackend';
import { LocalForge } from './LocalForge';
import { createMergeRequests } from './merge-requests';
import { CatalogPeople } from './people/CatalogPeople';
import { DatabaseDeliveryStore } from './pushes/DatabaseDeliveryStore';
import { PushDelivery } from './pushes/PushDelivery';
import { createRepositoryRouter } from './repositories/createRepositoryRouter';
import { DatabaseRepositoryStore } from './repositories/DatabaseRepositoryStore';
import { RepositoryAnnouncer } from './repositories/RepositoryAnnouncer';
import { Repositories } from './repositories/Repositories';
import { RepositoryCreator } from './repositories/RepositoryCreator';
import { RepositoryReader } from './repositories/RepositoryReader';
import { RepositoryStorage } from './repositories/RepositoryStorage';
import { AccessTokenService } from './tokens/AccessTokenService';
import { createAccessTokenRouter } from './tokens/createAccessTokenRouter';
import { DatabaseAccessTokenStore } from './tokens/DatabaseAccessTokenStore';

const DEFAULT_MAXIMUM_PACK_BYTES = 200 * 1024 * 1024;

/** The forge with the routers that serve it. */
export interface LocalForgeParts {
  forge: LocalForge;
  gitRouter: Router;
  apiRouters: Router[];
  /** Clears leftovers and delivers what was held back. */
  maintain(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the forge together from the configuration and the services of its backend. */
export async function createLocalForge(services: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  httpAuth: HttpAuthService;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  signals: SignalsService;
}): Promise<LocalForgeParts> {
  const {
    auditor,
    auth,
    catalog,
    config,
    httpAuth,
    knex,
    logger,
    permissions,
  } = services;
  const portalUrl = withoutSlash(config.getString('app.baseUrl'));
  const settingsUrl = `${portalUrl}/settings/access-tokens`;

  const store = new DatabaseRepositoryStore(knex);
  const storage = await RepositoryStorage.create({
    directory: config.getString('platform.localForge.directory'),
    store,
    logger,
  });
  const repositories = new Repositories({
    store,
    storage,
    reader: new RepositoryReader(storage),
    backendUrl: withoutSlash(config.getString('backend.baseUrl')),
    portalUrl,
  });
  const people = new CatalogPeople({
    catalog,
    auth,
    emailDomain: new URL(portalUrl).hostname,
  });
  const accessTokens = new AccessTokenService(
    new DatabaseAccessTokenStore(knex),
    settingsUrl,
  );
  const announcer = new RepositoryAnnouncer(services);
  const delivery = new PushDelivery({
    repositories,
    store: new DatabaseDeliveryStore(knex),
    announcer,
    logger,
  });
  const creator = new RepositoryCreator({
    repositories,
    storage,
    people,
    delivery,
    announcer,
  });
  const mergeRequests = createMergeRequests({
    ...services,
    repositories,
    people,
    delivery,
    announcer,
  });
  const httpBackend = new HttpBackend({
    root: storage.root,
    hooksDirectory: await installHooks(storage.root),
    maximumPackBytes:
      config.getOptionalNumber('platform.localForge.maximumPackBytes') ??
      DEFAULT_MAXIMUM_PACK_BYTES,
    logger,
  });

  return {
    forge: new LocalForge({
      repositories,
      storage,
      creator,
      delivery,
      announcer,
      mergeRequests,
      accessTokens,
    }),
    gitRouter: createGitRouter({
      repositories,
      accessTokens,
      people,
      httpBackend,
      delivery,
      logger,
      settingsUrl,
    }),
    apiRouters: [
      createRepositoryRouter({
        repositories,
        creator,
        auditor,
        httpAuth,
        permissions,
      }),
      mergeRequests.router,
      createAccessTokenRouter({ accessTokens, auditor, httpAuth }),
    ],
    maintain: async () => {
      await storage.tidy();
      await delivery.sweep();
    },
    stop: async () => {
      httpBackend.stop();
      await delivery.settled();
    },
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
