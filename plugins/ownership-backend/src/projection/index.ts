export { CatalogSync } from './CatalogSync';
export { OrganisationStore } from './OrganisationStore';
export { OWNED_KINDS } from './projectEntity';
export { ProjectionStore } from './ProjectionStore';
export { repositoryReference } from './RepositorySources';
export { SyncWorker } from './SyncWorker';
export type { Person, Team } from './types';
export { createProjection } from './createProjection';
export { directoryOf } from './readOrganisation';
