import type { JsonObject } from '@backstage/types';

/** The kinds of runs that act on resources. */
export const RESOURCE_RUN_KINDS = {
  provision: 'provision-resource',
  change: 'change-resource',
  rotate: 'rotate-resource',
  extend: 'extend-resource',
  reconcile: 'reconcile-resource',
  acceptDrift: 'accept-drift',
  destroy: 'destroy-resource',
  restore: 'restore-resource',
  purge: 'purge-resource',
  adopt: 'adopt-resource',
} as const;

/** The input of `provision-resource`. */
export interface ProvisionInput extends JsonObject {
  type: string;
  name: string;
  environment: string;
  /** The entity reference of a team. */
  owner: string;
  /** Left out: `default`. */
  class?: string;
  parameters?: JsonObject;
  /** How long it lives, in milliseconds; left out: as its definition says. */
  timeToLiveMs?: number;
  /** The service whose `score.yaml` asks for it. */
  service?: string;
}

/** The input of `adopt-resource`: `existing` says, in the provider's words, what to take over. */
export interface AdoptInput extends ProvisionInput {
  existing: JsonObject;
}

/** The input of every kind that acts on a resource that exists. */
export interface ResourceInput extends JsonObject {
  resourceId: string;
}

/** The input of `change-resource`; what is left out stays as it is. */
export interface ChangeInput extends ResourceInput {
  class?: string;
  parameters?: JsonObject;
}

/** The input of `extend-resource`. */
export interface ExtendInput extends ResourceInput {
  /** When it shall expire, ISO 8601. */
  until: string;
}

/** The input of `destroy-resource`. */
export interface DestroyInput extends ResourceInput {
  /** Also take down the services that are connected to it, in its environment. */
  withConnected?: boolean;
}
