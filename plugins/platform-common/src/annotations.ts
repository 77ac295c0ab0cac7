/** Names the repository, on the forge, that a catalog entity was read from. */
export const REPOSITORY_ANNOTATION = 'slipway.dev/repository';

/** Names the service whose pipelines, deployments and logs an entity page shows. */
export const SERVICE_ANNOTATION = 'slipway.dev/service';

/** On a User: the entity reference of the manager, where approvals ask for the `requester-manager`. */
export const MANAGER_ANNOTATION = 'slipway.dev/manager';

/** On a Group: the entity reference of the person who is on call for the team. */
export const ON_CALL_ANNOTATION = 'slipway.dev/on-call';

/** Names the resource, by its id, that a Resource entity stands for. */
export const RESOURCE_ANNOTATION = 'slipway.dev/resource-id';

/** On a Resource: the name of the environment that it is in. */
export const ENVIRONMENT_ANNOTATION = 'slipway.dev/environment';
