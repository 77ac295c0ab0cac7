import { ConflictError } from '@backstage/errors';
import type { Release } from '@slipway/plugin-platform-common';
import type { DeploymentStore, ReleaseStore } from './store';

/** How many deployments are looked through for the release that served before. */
const MOST_BEFORE = 200;

/** The release that served in an environment before the one that does now. Throws `ConflictError` where there is none. */
export async function releaseBefore(
  store: DeploymentStore,
  service: string,
  environment: string,
): Promise<Release> {
  const [serving, served] = await Promise.all([
    store.serving(service, environment),
    store.list(
      { services: [service], environment, state: ['superseded'] },
      { limit: MOST_BEFORE },
    ),
  ]);
  const before = served.items.find(
    ({ release, servedAt }) =>
      servedAt !== undefined && release.id !== serving?.release.id,
  );
  if (!before) {
    throw new ConflictError(
      `No other release of ${service} has served in ${environment} yet, so there is nothing to go back to.`,
    );
  }
  return before.release;
}

/** The `score.yaml` of what serves somewhere. */
export async function scoreOf(
  { store, releases }: { store: DeploymentStore; releases: ReleaseStore },
  { service, environment }: { service: string; environment: string },
): Promise<string | undefined> {
  const serving = await store.serving(service, environment);
  const release = serving && (await releases.get(serving.release.id));
  return release?.score;
}
