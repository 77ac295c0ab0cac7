import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RepositoryReader } from '@slipway/plugin-ownership-node';
import type { Knex } from 'knex';
import { FindingStore } from '../findings';
import { HistoryStore } from '../history';
import { LeaverStore } from '../leavers';
import { RotationFiles } from '../onCall';
import { CatalogSync } from './CatalogSync';
import { OrganisationStore } from './OrganisationStore';
import { ProjectionStore } from './ProjectionStore';
import { RepositorySources } from './RepositorySources';

/** Puts together what follows the catalog. */
export function createProjection(options: {
  knex: Knex;
  auth: AuthService;
  catalog: Pick<
    CatalogService,
    'getEntitiesByRefs' | 'queryEntities' | 'streamEntities'
  >;
  logger: LoggerService;
  /** Reads the repositories of entities; may be left out. */
  reader?: RepositoryReader;
  /** Where the files of rotations are. */
  directory: string;
}) {
  const { knex } = options;
  const history = new HistoryStore(knex);
  const leaverStore = new LeaverStore(knex);
  const stores = {
    history,
    projection: new ProjectionStore({ knex, history }),
    leaverStore,
    organisation: new OrganisationStore({ knex, leaverStore }),
    findings: new FindingStore(knex),
    rotations: new RotationFiles(options),
    repositories: new RepositorySources(options),
  };
  return { ...stores, sync: new CatalogSync({ ...options, ...stores }) };
}
