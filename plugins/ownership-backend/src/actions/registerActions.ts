import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { registerBlastRadius } from './registerBlastRadius';
import { registerListOrphans } from './registerListOrphans';
import { registerListTeamEntities } from './registerListTeamEntities';
import { registerOfferTransfer } from './registerOfferTransfer';
import { registerSwapShift } from './registerSwapShift';
import { registerWhoIsOnCall } from './registerWhoIsOnCall';
import { registerWhoOwns } from './registerWhoOwns';

/** Offers what people ask about ownership to templates, the command line and MCP clients. */
export function registerActions(
  registry: ActionsRegistryService,
  options: ActionOptions,
): void {
  for (const register of [
    registerWhoOwns,
    registerListTeamEntities,
    registerWhoIsOnCall,
    registerBlastRadius,
    registerListOrphans,
    registerOfferTransfer,
    registerSwapShift,
  ]) {
    register(registry, options);
  }
}
