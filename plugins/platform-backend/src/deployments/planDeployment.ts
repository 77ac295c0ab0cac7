import type { PlannedChange, Release } from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';
import type { ConfigurationService } from '../configuration';
import type { ServiceStore } from '../services';
import type { DeployInput } from './DeployInput';
import { plannedCommits } from './plannedCommits';
import { releaseLabel } from './releaseLabel';
import type { ReleaseResources } from './ReleaseResources';
import type { DeploymentStore, ReleaseStore, StoredRelease } from './store';

interface Planning {
  store: Pick<DeploymentStore, 'serving'>;
  releases: Pick<ReleaseStore, 'get'>;
  services: Pick<ServiceStore, 'find'>;
  forge: Pick<Forge, 'commitsBetween'>;
  configurations: Pick<ConfigurationService, 'configured' | 'missing'>;
  resources: Pick<ReleaseResources, 'plan'>;
}

/** What a deployment would change: what serves, with which commits and configuration, and what becomes of resources. */
export async function planDeployment(
  planning: Planning,
  { releaseId, service, environment, label, refresh }: DeployInput,
): Promise<PlannedChange[]> {
  const { store, releases, resources } = planning;
  const what = `${service} in ${environment}`;
  if (refresh) {
    return [
      {
        action: 'keep',
        what,
        detail:
          'at the release that serves, started anew with its configuration and what its resources offer now',
      },
    ];
  }
  const [release, serving] = await Promise.all([
    releases.get(releaseId),
    store.serving(service, environment),
  ]);
  const to = [label, release?.commit.title].filter(Boolean).join(' ');
  const commits =
    release &&
    serving &&
    (await plannedCommits(planning, serving.release, release));
  return [
    serving
      ? {
          ...changeOf(what, serving.release, { id: releaseId, label: to }),
          ...(commits && { commits }),
        }
      : { action: 'create', what, detail: `with ${to}` },
    ...(release
      ? [
          await configurationOf(planning, release, environment),
          ...(await resources.plan(release, environment)),
        ].flatMap(change => change ?? [])
      : []),
  ];
}

/** It belongs to the environment and stays; said where there is one, or where the release asks for more than there is. */
async function configurationOf(
  { configurations }: Planning,
  { service, score }: StoredRelease,
  environment: string,
): Promise<PlannedChange | undefined> {
  const place = { service, environment };
  const [{ version }, missing] = await Promise.all([
    configurations.configured(place),
    configurations.missing(place, score),
  ]);
  const what = `configuration of ${service} in ${environment}`;
  if (missing.length > 0) {
    return {
      action: 'keep',
      what,
      detail: `does not have ${missing.join(', ')}, which the release asks for: set it first, or the deployment fails`,
    };
  }
  return version > 0
    ? { action: 'keep', what, detail: `at version ${version}` }
    : undefined;
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
