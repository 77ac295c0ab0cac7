import path from 'node:path';
import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  CallSource,
  HistorySource,
  LeaverHandler,
  RepositoryReader,
  TransferMover,
} from '@slipway/plugin-ownership-node';
import type { Router } from 'express';
import { Access } from './access';
import { registerActions } from './actions';
import { ChangeSignal } from './ChangeSignal';
import { CoverageOperations, CoverageStore, dayOf } from './coverage';
import { createDatabase } from './createDatabase';
import {
  DependencyOperations,
  DependencyStore,
  SeenCalls,
} from './dependencies';
import { EntityOperations, EntityStore } from './entities';
import { FindingNews, FindingOperations, FindingReads } from './findings';
import { SourcedHistory } from './history';
import {
  ImportedEntityStore,
  ImportOperations,
  ImportService,
  ImportStore,
} from './imports';
import { LeaverOperations, LeaverService } from './leavers';
import { OnCallOperations, OnCallService, Swaps } from './onCall';
import { OrganisationReads } from './organisation';
import { createProjection, directoryOf, SyncWorker } from './projection';
import { createRouter } from './router';
import { TeamOperations } from './teams';
import {
  TransferOperations,
  TransferService,
  TransferStore,
} from './transfers';

/** Where the files of rotations are where `ownership.onCall.directory` doesn't say. */
const ON_CALL_DIRECTORY = '../../org/oncall';

/** How long somebody must be gone where `ownership.leavers.afterSeconds` doesn't say, in seconds. */
const LEAVERS_AFTER_S = 60;

/** What ownership is put together from. */
export interface OwnershipOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: Pick<
    CatalogService,
    'getEntitiesByRefs' | 'queryEntities' | 'streamEntities'
  >;
  config: RootConfigService;
  database: DatabaseService;
  events: Pick<EventsService, 'publish'>;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  /** What sees calls. */
  callSources?: readonly CallSource[];
  /** What else is known of the history of entities; may be left out. */
  historySource?: HistorySource;
  /** What else is to be done when somebody left. */
  leaverHandlers?: readonly LeaverHandler[];
  /** What moves entities that were accepted; may be left out. */
  mover?: TransferMover;
  notifications: Pick<NotificationService, 'send'>;
  permissions: PermissionsService;
  /** Reads the repositories of entities; may be left out. */
  reader?: RepositoryReader;
  signals: Pick<SignalsService, 'publish'>;
  userInfo: UserInfoService;
}

/** Ownership that is put together, and doesn't follow the catalog yet. */
export interface OwnershipParts {
  router: Router;
  /** Follows the catalog. */
  worker: SyncWorker;
  /** Reads everything anew, and counts how much is owned. */
  refresh(): Promise<void>;
  /** Looks for what nobody told, and does what is due. */
  look(): Promise<void>;
}

/** Puts the parts of ownership together. */
export async function createOwnership(
  options: OwnershipOptions,
): Promise<OwnershipParts> {
  const { config, actionsRegistry } = options;
  const knex = await createDatabase(options.database);
  const signal = new ChangeSignal(options);
  const onChange = () => signal.send();
  const projection = createProjection({
    ...options,
    knex,
    directory: path.resolve(
      config.getOptionalString('ownership.onCall.directory') ??
        ON_CALL_DIRECTORY,
    ),
  });
  const worker = new SyncWorker({ ...options, ...projection, onChange });

  const access = new Access(options);
  const organisationReads = new OrganisationReads(knex);
  const entities = new EntityStore(knex);
  const findingReads = new FindingReads(knex);
  const coverage = new CoverageStore(knex);
  const onCall = new OnCallService({ ...projection, organisationReads });
  const store = new TransferStore(knex);
  const transfers = new TransferService({
    ...options,
    store,
    organisationReads,
    onChange,
  });
  const leavers = new LeaverService({
    ...options,
    ...projection,
    handlers: options.leaverHandlers ?? [],
    onChange,
    afterMs:
      1_000 *
      (config.getOptionalNumber('ownership.leavers.afterSeconds') ??
        LEAVERS_AFTER_S),
  });
  const importStore = new ImportStore(knex);
  const importedEntities = new ImportedEntityStore(knex);
  const imports = new ImportService({
    ...options,
    knex,
    store: importStore,
    entities: importedEntities,
    directory: async () => directoryOf(await projection.organisation.read()),
    onChange,
    portalUrl: (config.getOptionalString('app.baseUrl') ?? '').replace(
      /\/+$/,
      '',
    ),
  });
  const seen = new SeenCalls({
    ...options,
    knex,
    sources: options.callSources ?? [],
    onChange,
  });
  const sourced = new SourcedHistory({
    ...options,
    ...projection,
    source: options.historySource,
    onChange,
  });
  const news = new FindingNews({ ...options, ...projection });
  const shared = {
    ...options,
    ...projection,
    access,
    organisationReads,
    entities,
    findingReads,
    onCall,
    onChange,
  };
  const operations = {
    entities: new EntityOperations({
      ...shared,
      accounts: {
        pagerDuty: config.getOptionalString('ownership.links.pagerDuty'),
        opsgenie: config.getOptionalString('ownership.links.opsgenie'),
      },
    }),
    dependencies: new DependencyOperations({
      ...shared,
      dependencies: new DependencyStore(knex),
    }),
    coverage: new CoverageOperations({ access, coverage }),
    findings: new FindingOperations({ ...shared, people: organisationReads }),
    imports: new ImportOperations({
      ...shared,
      imports,
      store: importStore,
      entities: importedEntities,
    }),
    leavers: new LeaverOperations(shared),
    teams: new TeamOperations(shared),
    onCall: new OnCallOperations({
      ...shared,
      swaps: new Swaps(shared),
      reread: () => worker.missed(),
    }),
    transfers: new TransferOperations({ ...shared, store, transfers }),
  };
  registerActions(actionsRegistry, operations);
  return {
    router: createRouter(operations),
    worker,
    async refresh() {
      await worker.all();
      await coverage.keep(dayOf(new Date()));
    },
    async look() {
      await worker.missed();
      if ((await projection.findings.wake(new Date())) > 0) {
        onChange();
      }
      await imports.resume();
      await news.tell();
      await seen.look();
      await sourced.look();
      await leavers.look();
      await transfers.resume();
    },
  };
}
