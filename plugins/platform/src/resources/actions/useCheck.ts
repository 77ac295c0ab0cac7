import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { Resource } from '@slipway/plugin-platform-common';
import {
  type Action,
  explain,
  platformApiRef,
  useAction,
} from '@slipway/plugin-platform-react';

/** Looks for drift now and tells what came of it. */
export function useCheck(
  resource: Pick<Resource, 'id' | 'name'>,
  onChecked: () => void,
): Action<[]> {
  const platformApi = useApi(platformApiRef);
  const toastApi = useApi(toastApiRef);
  const { id, name } = resource;
  return useAction(async () => {
    try {
      const { drift } = await platformApi.checkResource(id);
      toastApi.post({
        title: drift ? `${name} has drifted` : `${name} is as it was asked for`,
        status: drift ? 'warning' : 'success',
        timeout: 8_000,
      });
      onChecked();
    } catch (error) {
      toastApi.post({
        title: `Can't look at ${name}`,
        description: explain(error as Error),
        status: 'danger',
      });
    }
  });
}
