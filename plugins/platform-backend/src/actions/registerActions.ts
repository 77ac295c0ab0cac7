import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { registerApprove } from './registerApprove';
import { registerCancelRun } from './registerCancelRun';
import { registerConfigurations } from './registerConfigurations';
import { registerDeliveries } from './registerDeliveries';
import { registerEditEntity } from './registerEditEntity';
import { registerExplainResource } from './registerExplainResource';
import { registerFacts } from './registerFacts';
import { registerGetResource } from './registerGetResource';
import { registerGetRun } from './registerGetRun';
import { registerGetRunLog } from './registerGetRunLog';
import { registerGiveUpRun } from './registerGiveUpRun';
import { registerListApprovals } from './registerListApprovals';
import { registerListFreezes } from './registerListFreezes';
import { registerListResources } from './registerListResources';
import { registerListRuns } from './registerListRuns';
import { registerPlanRun } from './registerPlanRun';
import { registerPreviews } from './registerPreviews';
import { registerReject } from './registerReject';
import { registerResourceRuns } from './registerResourceRuns';
import { registerRetryRun } from './registerRetryRun';
import { registerScaling } from './registerScaling';
import { registerStartRun } from './registerStartRun';
import { registerUndoRun } from './registerUndoRun';

/** Offers what people do with runs, approvals, resources and releases to templates, the command line and MCP clients. */
export function registerActions(
  registry: ActionsRegistryService,
  options: ActionOptions,
): void {
  for (const register of [
    registerListRuns,
    registerGetRun,
    registerGetRunLog,
    registerPlanRun,
    registerStartRun,
    registerCancelRun,
    registerRetryRun,
    registerUndoRun,
    registerGiveUpRun,
    registerListApprovals,
    registerApprove,
    registerReject,
    registerListResources,
    registerGetResource,
    registerExplainResource,
    registerResourceRuns,
    registerDeliveries,
    registerConfigurations,
    registerPreviews,
    registerFacts,
    registerListFreezes,
    registerScaling,
    registerEditEntity,
  ]) {
    register(registry, options);
  }
}
