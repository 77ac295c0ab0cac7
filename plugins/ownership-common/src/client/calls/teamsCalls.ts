import { type PlatformHttp, urlPath } from '@slipway/plugin-platform-common';
import type {
  RotationDetail,
  RotationList,
  TeamDetail,
  TeamSummary,
} from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** Teams, and who is on call in them. */
export const teamsCalls = (
  http: PlatformHttp,
): Pick<
  OwnershipApi,
  'listTeams' | 'getTeam' | 'listRotations' | 'getRotation' | 'swapShift'
> => ({
  listTeams(q, options) {
    return http.items<TeamSummary>('/teams', { ...options, query: { q } });
  },

  getTeam(team, options) {
    return http.json<TeamDetail>(urlPath`/teams/${team}`, options);
  },

  listRotations(filter, options) {
    return http.json<RotationList>('/on-call', {
      ...options,
      query: { ...filter },
    });
  },

  getRotation(name, options) {
    return http.json<RotationDetail>(urlPath`/on-call/${name}`, options);
  },

  swapShift(name, swap, options) {
    return http.json<RotationDetail>(urlPath`/on-call/${name}/swaps`, {
      ...options,
      method: 'POST',
      json: swap,
    });
  },
});
