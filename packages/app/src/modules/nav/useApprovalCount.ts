import type { PlatformApi } from '@slipway/plugin-platform-common';
import { usePlatformData } from '../live';

/** How many are counted; beyond it the exact number helps nobody. */
const LIMIT = 99;

/** How many approvals wait for the signed-in person, kept up to date. */
export function useApprovalCount(): number {
  return usePlatformData(countMine, ['approval', 'run']).value ?? 0;
}

async function countMine(platformApi: PlatformApi): Promise<number> {
  const page = await platformApi.listApprovals({
    state: 'open',
    mine: true,
    limit: LIMIT,
  });
  return page.items.length;
}
