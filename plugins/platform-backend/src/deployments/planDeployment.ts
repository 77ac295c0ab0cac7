import type { PlannedChange, Release } from '@slipway/plugin-platform-common';
import type { DeployInput } from './DeployInput';
import type { DeploymentStore } from './DeploymentStore';
import { releaseLabel } from './releaseLabel';
import type { ReleaseResources } from './ReleaseResources';

/** What a deployment would change: what serves, and what becomes of resources. */
export async function planDeployment(
  {
    store,
    resources,
  }: {
    store: Pick<DeploymentStore, 'getRelease' | 'serving'>;
    resources: Pick<ReleaseResources, 'plan'>;
  },
  { releaseId, service, environment, label, refresh }: DeployInput,
): Promise<PlannedChange[]> {
  const what = `${service} in ${environment}`;
  if (refresh) {
    return [
      {
        action: 'keep',
        what,
        detail:
          'at the release that serves, started anew with what its resources offer now',
      },
    ];
  }
  const [release, serving] = await Promise.all([
    store.getRelease(releaseId),
    store.serving(service, environment),
  ]);
  const to = [label, release?.commit.title].filter(Boolean).join(' ');
  return [
    serving
      ? changeOf(what, serving.release, { id: releaseId, label: to })
      : { action: 'create', what, detail: `with ${to}` },
    ...(release ? await resources.plan(release, environment) : []),
  ];
}

function changeOf(
  what: string,
  serving: Release,
  to: { id: string; label: string },
): PlannedChange {
  return serving.id === to.id
    ? { action: 'keep', what, detail: `at ${to.label}, started anew` }
    : {
        action: 'change',
        what,
        detail: `from ${releaseLabel(serving)} to ${to.label}`,
      };
}
