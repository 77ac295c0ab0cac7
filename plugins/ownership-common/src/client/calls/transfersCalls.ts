import {
  type Page,
  type PlatformHttp,
  urlPath,
} from '@slipway/plugin-platform-common';
import type { Transfer } from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** What goes from one team to another. */
export const transfersCalls = (
  http: PlatformHttp,
): Pick<
  OwnershipApi,
  | 'listTransfers'
  | 'getTransfer'
  | 'offerTransfer'
  | 'acceptTransfer'
  | 'declineTransfer'
  | 'withdrawTransfer'
  | 'undoTransfer'
> => ({
  listTransfers(filter, options) {
    return http.json<Page<Transfer>>('/transfers', {
      ...options,
      query: { ...filter },
    });
  },

  getTransfer(id, options) {
    return http.json<Transfer>(urlPath`/transfers/${id}`, options);
  },

  offerTransfer(json, options) {
    return http.json<Transfer>('/transfers', {
      ...options,
      method: 'POST',
      json,
    });
  },

  acceptTransfer(id, options) {
    return http.json<Transfer>(urlPath`/transfers/${id}/accept`, {
      ...options,
      method: 'POST',
    });
  },

  declineTransfer(id, reason, options) {
    return http.json<Transfer>(urlPath`/transfers/${id}/decline`, {
      ...options,
      method: 'POST',
      json: { reason },
    });
  },

  withdrawTransfer(id, reason, options) {
    return http.json<Transfer>(urlPath`/transfers/${id}/withdraw`, {
      ...options,
      method: 'POST',
      json: { reason },
    });
  },

  undoTransfer(id, options) {
    return http.json<Transfer>(urlPath`/transfers/${id}/undo`, {
      ...options,
      method: 'POST',
    });
  },
});
