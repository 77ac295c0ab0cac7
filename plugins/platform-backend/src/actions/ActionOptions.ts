import type { ApprovalOperations } from '../approvals';
import type { ConfigurationOperations } from '../configuration';
import type { DeliveryOperations } from '../deployments';
import type { FactOperations } from '../facts';
import type { EntityEdits } from '../ownership';
import type { PreviewOperations } from '../previews';
import type { ResourceOperations } from '../resources';
import type { RunOperations } from '../runs';

/** What actions do: the same as the API, for whose credentials they are invoked with. */
export interface ActionOptions {
  operations: RunOperations;
  approvals: ApprovalOperations;
  resources: ResourceOperations;
  deliveries: DeliveryOperations;
  configurations: ConfigurationOperations;
  previews: PreviewOperations;
  facts: FactOperations;
  edits: EntityEdits;
}
