/** Names the repository, on the forge, that a catalog entity was read from. */
export const REPOSITORY_ANNOTATION = 'slipway.dev/repository';

/** Names the service whose pipelines, deployments and logs an entity page shows. */
export const SERVICE_ANNOTATION = 'slipway.dev/service';

/** On a User: the entity reference of the manager, where approvals ask for the `requester-manager`. */
export const MANAGER_ANNOTATION = 'slipway.dev/manager';

/** Who is on call: on a Group the entity reference of a person; on any entity that, or the name of a rotation. */
export const ON_CALL_ANNOTATION = 'slipway.dev/on-call';

/** Names the resource, by its id, that a Resource entity stands for. */
export const RESOURCE_ANNOTATION = 'slipway.dev/resource-id';

/** On a Resource: the name of the environment that it is in. */
export const ENVIRONMENT_ANNOTATION = 'slipway.dev/environment';

/** The user reference of the person who decides on technical questions. */
export const TECHNICAL_LEAD_ANNOTATION = 'slipway.dev/technical-lead';

/** The user or group reference, or the email address, that hears of weaknesses first. */
export const SECURITY_CONTACT_ANNOTATION = 'slipway.dev/security-contact';

/** On a User: when something of the person was seen last, ISO 8601. Where no User has it, no team counts as inactive. */
export const LAST_ACTIVE_ANNOTATION = 'slipway.dev/last-active-at';

/** On an entity: why it isn't as its file says, in sentences. Made by the platform; what a file says of it doesn't count. */
export const INGESTION_PROBLEM_ANNOTATION = 'slipway.dev/ingestion-problem';

/** What the error in the status of a resource is called whose provision failed: it is shown as one of the catalog's own, and isn't one. */
export const RESOURCE_FAILED = 'ResourceFailed';

/** On an entity: how much depends on it, from `1`, the most, to `4`. */
export const TIER_ANNOTATION = 'slipway.dev/tier';

/** On an entity: the address of what to do when it is not well. */
export const RUNBOOK_ANNOTATION = 'slipway.dev/runbook';
