import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** What a new resource is stored as, while a run makes it. */
export interface NewResource {
  id: string;
  name: string;
  environment: string;
  type: string;
  class: string;
  owner: string;
  service?: string;
  provider: string;
  definition: string;
  asked: JsonObject;
  parameters: JsonObject;
  retentionMs: number;
  /** Whether it was there before the platform. */
  adopted: boolean;
  expiresAt?: Date;
  warnAt?: Date;
  runId: string;
  createdBy: string;
}

/** Stores it as `provisioning`; `undefined` where its name is taken by now. */
export async function insertResource(
  knex: Knex,
  resource: NewResource,
): Promise<ResourceRow | undefined> {
  const [row] = await knex('resources')
    .insert({
      id: resource.id,
      name: resource.name,
      environment: resource.environment,
      type: resource.type,
      class: resource.class,
      owner: resource.owner,
      service: resource.service,
      provider: resource.provider,
      definition: resource.definition,
      asked: JSON.stringify(resource.asked),
      parameters: JSON.stringify(resource.parameters),
      retention_ms: resource.retentionMs,
      adopted: resource.adopted,
      state: 'provisioning',
      expires_at: resource.expiresAt,
      warn_at: resource.warnAt,
      run_id: resource.runId,
      created_by: resource.createdBy,
    })
    .onConflict()
    .ignore()
    .returning<ResourceRow[]>('*');
  return row;
}
