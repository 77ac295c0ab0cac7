import type { JsonObject } from '@backstage/types';
import type { ProvisionRequest } from '../kinds/inputs';
import { privateName } from '../names';

/** What a service asks for under one of the names in its `score.yaml`. */
export interface WantedResource {
  service: string;
  environment: string;
  /** The entity reference of the team that owns the service. */
  owner: string;
  /** What the service calls it. */
  alias: string;
  type: string;
  /** Left out: `default`. */
  class?: string;
  /** The name of one that is shared. Left out: it is the service's own. */
  id?: string;
  /** With every placeholder replaced. */
  parameters: JsonObject;
  /** When the release was made that asks for it, ISO 8601. */
  releasedAt: string;
}

/** What it takes to make what is wanted, where it isn't there yet. */
export function requestOf(wanted: WantedResource): ProvisionRequest {
  const { service, environment, owner, alias, type, id } = wanted;
  return {
    type,
    class: wanted.class ?? 'default',
    name: id ?? privateName(service, alias),
    environment,
    owner,
    parameters: withoutNothing(wanted.parameters),
    ...(id === undefined && { service }),
  };
}

/** `null` asks for nothing in particular. */
function withoutNothing(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  );
}
