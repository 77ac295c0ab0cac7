import type { Approval, LedgerGroup, Page, WaitLedger } from '../../runs';
import type { RequestOptions } from '../options';
import type { PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** What runs wait for people for, and how long they waited. */
export const approvalsCalls = (http: PlatformHttp) =>
  ({
    listApprovals(
      filter: {
        state?: 'open' | 'ended';
        mine?: boolean;
        cursor?: string;
        limit?: number;
      },
      options?: RequestOptions,
    ) {
      return http.json<Page<Approval>>('/approvals', {
        ...options,
        query: filter,
      });
    },

    getApproval(id: string, options?: RequestOptions) {
      return http.json<Approval>(path`/approvals/${id}`, options);
    },

    approve(id: string, comment?: string, options?: RequestOptions) {
      return http.json<Approval>(path`/approvals/${id}/approve`, {
        ...options,
        method: 'POST',
        json: { comment },
      });
    },

    reject(id: string, comment?: string, options?: RequestOptions) {
      return http.json<Approval>(path`/approvals/${id}/reject`, {
        ...options,
        method: 'POST',
        json: { comment },
      });
    },

    getWaitLedger(
      query: { groupedBy?: LedgerGroup; days?: number; owner?: string[] },
      options?: RequestOptions,
    ) {
      return http.json<WaitLedger>('/wait-ledger', { ...options, query });
    },
  }) satisfies Partial<PlatformApi>;
