import type { ApprovalOperations } from '../approvals';
import type { ResourceOperations } from '../resources';
import type { RunOperations } from '../runs';

/** What actions do: the same as the API, for whose credentials they are invoked with. */
export interface ActionOptions {
  operations: RunOperations;
  approvals: ApprovalOperations;
  resources: ResourceOperations;
}
