import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  RESOURCE_RUN_KINDS,
  type Resource,
} from '@slipway/plugin-platform-common';
import {
  type Action,
  explain,
  platformApiRef,
  useAction,
  useNow,
} from '@slipway/plugin-platform-react';
import { useAnnounceRun } from '../../runs/useAnnounceRun';
import { endOf, livesFrom } from './livesFrom';
import { useOffers } from './useOffers';

/** Extending a resource in one click. */
export interface Extend extends Action<[]> {
  /** By how long, counted from now; milliseconds. */
  lengthMs: number;
}

/** Lets a resource live as long from now as its definition gives to a new one; `undefined` where it can't be extended, or that isn't known yet. */
export function useExtend(
  resource: Resource,
  onStarted: () => void,
): Extend | undefined {
  const platformApi = useApi(platformApiRef);
  const toastApi = useApi(toastApiRef);
  const announce = useAnnounceRun();
  const { isKnown, current } = useOffers(resource);
  const now = useNow(60_000);
  const lengthMs = isKnown
    ? livesFrom(now, resource, current?.timeToLive).proposed
    : undefined;
  const action = useAction(async () => {
    const until = endOf(Date.now(), lengthMs ?? 0);
    try {
      announce(
        await platformApi.startRun({
          kind: RESOURCE_RUN_KINDS.extend,
          input: { resourceId: resource.id, until },
        }),
      );
      onStarted();
    } catch (error) {
      toastApi.post({
        title: `Can't extend ${resource.name}`,
        description: explain(error as Error),
        status: 'danger',
      });
    }
  });
  return lengthMs === undefined ? undefined : { ...action, lengthMs };
}
