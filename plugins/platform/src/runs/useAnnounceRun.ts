import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { Run } from '@slipway/plugin-platform-common';
import { usePlatformLinks } from '../routes';
import { waitsForPeople } from '../waits';

/** Tells that a run was started, or waits for approval, and leads to it. */
export function useAnnounceRun(): (run: Run) => void {
  const toastApi = useApi(toastApiRef);
  const links = usePlatformLinks();
  return run => {
    const href = links.run(run.id);
    const waits = waitsForPeople(run);
    toastApi.post({
      title: waits
        ? `${run.title} waits for approval`
        : `${run.title} has started`,
      status: waits ? 'info' : 'success',
      timeout: 8_000,
      links: href ? [{ label: 'Watch the run', href }] : undefined,
    });
  };
}
