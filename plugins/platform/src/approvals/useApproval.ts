import { useApi } from '@backstage/frontend-plugin-api';
import type { Approval } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** An approval, current. */
export function useApproval(approvalId: string): Live<Approval> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: approvalId,
    matches: signal =>
      signal.type === 'approval' && signal.approvalId === approvalId,
    query: options => platformApi.getApproval(approvalId, options),
  });
}
