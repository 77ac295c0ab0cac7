/** Names the repository, on the forge, that a catalog entity was read from. */
export const REPOSITORY_ANNOTATION = 'slipway.dev/repository';

/** Names the service whose pipelines, deployments and logs an entity page shows. */
export const SERVICE_ANNOTATION = 'slipway.dev/service';
