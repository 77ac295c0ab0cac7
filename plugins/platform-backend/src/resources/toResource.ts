import type { Resource, ResourceOutput } from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { resourceEntityRef } from './names';
import type { ConnectionRow, ResourceRow } from './store/rows';

/** A resource as people see it: no secret is in it. */
export function toResource(
  row: ResourceRow,
  connections: ConnectionRow[],
  provider: ResourceProvider | undefined,
): Resource {
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    type: row.type,
    class: row.class,
    owner: row.owner,
    service: row.service ?? undefined,
    provider: row.provider,
    definition: row.definition,
    state: row.state,
    failure: row.failure ?? undefined,
    parameters: row.parameters,
    outputs: outputsOf(row, provider),
    connections: connections
      .filter(({ resource_id: id }) => id === row.id)
      .map(({ service, alias }) => ({ service, alias })),
    drift: row.drift ?? undefined,
    warning: row.state === 'ready' ? (row.warning ?? undefined) : undefined,
    checkedAt: row.checked_at?.toISOString(),
    expiresAt: row.expires_at?.toISOString(),
    deletedAt: row.deleted_at?.toISOString(),
    purgeAt: row.purge_at?.toISOString(),
    rotatedAt: row.rotated_at?.toISOString(),
    runId: row.run_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString(),
    entityRef: resourceEntityRef(row),
  };
}

/** What the provider declares, as far as it is there; of one whose provider is gone, what isn't secret. */
function outputsOf(
  { outputs, secrets }: ResourceRow,
  provider: ResourceProvider | undefined,
): ResourceOutput[] {
  if (!provider) {
    return Object.entries(outputs).map(([name, value]) => ({
      name,
      description: '',
      secret: false,
      value,
    }));
  }
  return Object.entries(provider.outputs)
    .filter(([name, { secret }]) =>
      secret ? secrets !== null : Object.hasOwn(outputs, name),
    )
    .map(([name, { description, secret = false }]) => ({
      name,
      description,
      secret,
      value: secret ? undefined : outputs[name],
    }));
}
