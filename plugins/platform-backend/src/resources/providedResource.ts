import type { ProvidedResource } from '@slipway/plugin-platform-node';
import type { ResourceRow } from './store/rows';

/** A resource as its provider is told of it. */
export function providedResource(
  row: ResourceRow,
  outputs: Record<string, string>,
): ProvidedResource {
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    owner: row.owner,
    service: row.service ?? undefined,
    parameters: row.parameters,
    outputs,
    state: row.provider_state,
  };
}
