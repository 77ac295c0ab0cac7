import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  RESOURCE_RUN_KINDS,
  type Resource,
} from '@slipway/plugin-platform-common';
import { platformApiRef } from '../../api';
import { explain } from '../../components';
import { useAction, type Action } from '../../live';
import { useAnnounceRun } from '../../runs/useAnnounceRun';
import { useOffers } from './useOffers';

/** Extending a resource in one click. */
export interface Extend extends Action<[]> {
  /** By how long, counted from now; milliseconds. */
  lengthMs: number;
}

/** Gives a resource as long from now as its definition gives to a new one; `undefined` where it says nothing of that. */
export function useExtend(
  resource: Resource,
  onStarted: () => void,
): Extend | undefined {
  const platformApi = useApi(platformApiRef);
  const toastApi = useApi(toastApiRef);
  const announce = useAnnounceRun();
  const lengthMs = useOffers(resource).current?.timeToLive?.defaultMs;
  const action = useAction(async () => {
    const until = new Date(Date.now() + (lengthMs ?? 0)).toISOString();
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
