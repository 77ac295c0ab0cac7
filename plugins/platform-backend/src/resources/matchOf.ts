import type { ResourceMatch } from '@slipway/plugin-platform-common';

/** What a resource, or a request for one, is matched with definitions by. */
export function matchOf(resource: {
  type: string;
  class: string;
  environment: string;
  name: string;
  owner: string;
  service?: string | null;
}): ResourceMatch {
  return {
    type: resource.type,
    class: resource.class,
    environment: resource.environment,
    id: resource.name,
    owner: resource.owner,
    service: resource.service ?? undefined,
  };
}
