import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type {
  Approval,
  PlatformApi,
  Run,
  ServiceSummary,
  WaitLedger,
} from '@slipway/plugin-platform-common';
import { useCallback } from 'react';
import { usePlatformData, type PlatformData } from '../live';

/** What the home page shows of the platform. */
export interface MyWork {
  /** Services of the teams I belong to. */
  services: PlatformData<ServiceSummary[]>;
  /** Newest runs of those teams, for the figures. */
  recentRuns: PlatformData<Run[]>;
  /** Where the time of those teams' runs went. */
  waits: PlatformData<WaitLedger>;
  /** What waits for me to agree. */
  approvals: PlatformData<Approval[]>;
  /** Newest runs that I asked for. */
  myRuns: PlatformData<Run[]>;
}

const MY_RUNS_LIMIT = 6;

const APPROVALS_LIMIT = 5;

/** How far the wait ledger looks back. */
const LEDGER_DAYS = 30;

/** The figures look at this many runs at most, so that a busy team's page stays quick. */
const RECENT_RUNS_LIMIT = 200;

/** Loads my services and runs, and keeps them up to date. */
export function useMyWork(): MyWork {
  const identityApi = useApi(identityApiRef);

  const loadServices = useCallback(
    async (platformApi: PlatformApi) =>
      platformApi.listServices({ owner: await listMyTeams(identityApi) }),
    [identityApi],
  );
  const loadRecentRuns = useCallback(
    async (platformApi: PlatformApi) => {
      const owner = await listMyTeams(identityApi);
      const page = await platformApi.listRuns({
        owner,
        limit: RECENT_RUNS_LIMIT,
      });
      return page.items;
    },
    [identityApi],
  );
  const loadWaits = useCallback(
    async (platformApi: PlatformApi) =>
      platformApi.getWaitLedger({
        days: LEDGER_DAYS,
        owner: await listMyTeams(identityApi),
      }),
    [identityApi],
  );
  const loadMyRuns = useCallback(
    async (platformApi: PlatformApi) => {
      const { userEntityRef } = await identityApi.getBackstageIdentity();
      const page = await platformApi.listRuns({
        requestedBy: userEntityRef,
        limit: MY_RUNS_LIMIT,
      });
      return page.items;
    },
    [identityApi],
  );

  return {
    services: usePlatformData(loadServices, [
      'run',
      'pipeline',
      'workload',
      'repository',
    ]),
    recentRuns: usePlatformData(loadRecentRuns, ['run']),
    waits: usePlatformData(loadWaits, ['run']),
    approvals: usePlatformData(loadApprovals, ['approval', 'run']),
    myRuns: usePlatformData(loadMyRuns, ['run']),
  };
}

async function loadApprovals(platformApi: PlatformApi): Promise<Approval[]> {
  const page = await platformApi.listApprovals({
    state: 'open',
    mine: true,
    limit: APPROVALS_LIMIT,
  });
  return page.items;
}

async function listMyTeams(
  identityApi: typeof identityApiRef.T,
): Promise<string[]> {
  const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
  return ownershipEntityRefs;
}
