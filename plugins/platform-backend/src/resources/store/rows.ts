import type { JsonObject } from '@backstage/types';
import type {
  Drift,
  Failure,
  ResourceState,
} from '@slipway/plugin-platform-common';
import type { ActingState } from '../transitions';

/** A row of `resources`. Big integers arrive as strings. */
export interface ResourceRow {
  id: string;
  name: string;
  environment: string;
  type: string;
  class: string;
  owner: string;
  service: string | null;
  provider: string;
  definition: string;
  asked: JsonObject;
  parameters: JsonObject;
  retention_ms: string;
  adopted: boolean;
  state: ResourceState;
  failed_in: ActingState | null;
  failure: Failure | null;
  outputs: Record<string, string>;
  secrets: Buffer | null;
  secrets_key: string | null;
  outputs_from: string | null;
  provider_state: JsonObject;
  drift: Drift | null;
  drift_told: string | null;
  warning: string | null;
  warning_told: boolean;
  checked_at: Date | null;
  check_due_at: Date;
  expires_at: Date | null;
  warn_at: Date | null;
  deleted_at: Date | null;
  purge_at: Date | null;
  rotated_at: Date | null;
  run_id: string;
  created_by: string;
  created_at: Date;
  ready_at: Date | null;
  changed_at: Date;
  version: number;
  announced: number;
}

/** Which service uses which resource, whichever of its deployments does: what rows of `resource_connections` say. */
export interface ConnectionRow {
  service: string;
  environment: string;
  alias: string;
  resource_id: string;
}
