import type { JsonObject, JsonValue } from '@backstage/types';
import type { Failure } from '../errors';

export const RESOURCE_STATES = [
  'provisioning',
  'ready',
  'changing',
  'failed',
  'destroying',
  'deleted',
  'destroyed',
] as const;
/** Where a resource is in its life; the transitions are in `docs/resources.md`. */
export type ResourceState = (typeof RESOURCE_STATES)[number];

/** One field of a resource that differs from what it should be, or would change. */
export interface FieldChange {
  field: string;
  /** What it is; missing where there is nothing yet. */
  from?: JsonValue;
  /** What it would be; missing where it would be taken away. */
  to?: JsonValue;
  /** Set where data would be lost: what would be lost, in words. */
  dataLoss?: string;
}

/** What is there differs from what was asked for. */
export interface Drift {
  /** When it was seen first, ISO 8601. */
  since: string;
  /** Whether the thing itself is gone. */
  missing: boolean;
  fields: FieldChange[];
}

/** A service that uses a resource. */
export interface ResourceConnection {
  service: string;
  /** What the service's `score.yaml` calls it. */
  alias: string;
}

/** One value that a resource offers to those who use it. */
export interface ResourceOutput {
  name: string;
  description: string;
  secret: boolean;
  /** Missing where it is secret: revealing it is a request of its own, on record. */
  value?: string;
}

/** One provisioned instance of a resource type. Times are ISO 8601 in UTC. */
export interface Resource {
  id: string;
  /** Unique in its environment among those that exist. */
  name: string;
  environment: string;
  type: string;
  class: string;
  /** The entity reference of the team it belongs to. */
  owner: string;
  /** The service whose `score.yaml` made it; missing where people asked for it by itself. */
  service?: string;
  provider: string;
  /** The definition it was made by. */
  definition: string;
  state: ResourceState;
  failure?: Failure;
  /** What was asked for, completed by the definition. */
  parameters: JsonObject;
  outputs: ResourceOutput[];
  connections: ResourceConnection[];
  drift?: Drift;
  /** What is wrong with it although it is what was asked for, and what to do. */
  warning?: string;
  /** When it was last looked at for drift. */
  checkedAt?: string;
  expiresAt?: string;
  deletedAt?: string;
  /** Until when it can be restored. */
  purgeAt?: string;
  /** When its credentials were last issued. */
  rotatedAt?: string;
  /** The newest run that acted on it. */
  runId: string;
  createdBy: string;
  createdAt: string;
  readyAt?: string;
  /** The entity reference it has in the catalog. */
  entityRef: string;
}

/** What to list; everything left out is not filtered by. */
export interface ResourceFilter {
  environment?: string;
  type?: string;
  owner?: string[];
  service?: string;
  state?: ResourceState[];
  /** Only those that drifted. */
  drifted?: boolean;
  /** Only those that expire before this time, ISO 8601. */
  expiresBefore?: string;
  /** Part of the name. */
  search?: string;
}

/** What can be asked for: a resource type with its classes, in the environments that define it. */
export interface ResourceType {
  type: string;
  title: string;
  description: string;
  /** JSON Schema of what can be asked for. */
  parameters: JsonObject;
  outputs: Array<Omit<ResourceOutput, 'value'>>;
  /** What its provider can do beside making and destroying it. */
  abilities: ResourceAbility[];
  offers: ResourceOffer[];
}

/** What a provider may be able to do with a resource. */
export const RESOURCE_ABILITIES = [
  'rotate',
  'restore',
  'accept-drift',
  'adopt',
] as const;
export type ResourceAbility = (typeof RESOURCE_ABILITIES)[number];

/** A class of a resource type in an environment. */
export interface ResourceOffer {
  environment: string;
  class: string;
  definition: string;
  description?: string;
  provider: string;
  /** What the definition fixes. */
  fixed: JsonObject;
  defaults: JsonObject;
  maximum: JsonObject;
  /** In milliseconds; missing: for ever. */
  timeToLive?: { defaultMs: number; maximumMs: number };
}

/** What a request for a resource would be matched by, and why. */
export interface Explanation {
  request: ResourceMatch;
  /** The definition that wins; missing where none matches. */
  definition?: string;
  provider?: string;
  /** What is asked for, completed by the definition. */
  parameters?: JsonObject;
  /** Every definition of the type that was looked at, the winner first. */
  considered: Array<{
    definition: string;
    /** `file:line` where it stands. */
    source: string;
    matches: boolean;
    /** The sum of the weights of its keys. */
    specificity: number;
    /** Why it wins, loses or doesn't match, in words. */
    reason: string;
  }>;
}

/** What a definition is matched against. */
export interface ResourceMatch {
  type: string;
  environment: string;
  class: string;
  /** The resource's name. */
  id?: string;
  service?: string;
  owner?: string;
}
