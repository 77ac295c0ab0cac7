import type { z } from 'zod/v3';
import type { DependencyOperations } from '../dependencies';
import type { EntityOperations } from '../entities';
import type { FindingOperations } from '../findings';
import type { OnCallOperations } from '../onCall';
import type { TeamOperations } from '../teams';
import type { TransferOperations } from '../transfers';

/** What actions do: the same as the API, for whose credentials they are invoked with. */
export interface ActionOptions {
  entities: EntityOperations;
  dependencies: DependencyOperations;
  findings: FindingOperations;
  teams: TeamOperations;
  onCall: OnCallOperations;
  transfers: TransferOperations;
}

/** What actions are given to write their schemas with. */
export type Zod = typeof z;

/** They only read. */
export const READ_ONLY = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;
