import { ConflictError } from '@backstage/errors';
import type { DeploymentCause, Release } from '@slipway/plugin-platform-common';
import type { Environments } from '../environments';
import type { DeploymentStore, HoldStore } from './store';

/** What the rules of promotion are asked with. */
export interface PromotionRules {
  store: Pick<DeploymentStore, 'served'>;
  holds: Pick<HoldStore, 'find'>;
  environments: Pick<Environments, 'all' | 'get'>;
}

/**
 * Why a release must not go to an environment: it is held, or has never served in the environment before. Throws `ConflictError` that says
 * what to do.
 */
export async function requirePromotable(
  { store, holds, environments }: PromotionRules,
  release: Release,
  environment: string,
  cause: DeploymentCause,
): Promise<void> {
  const { service, number, artifactDigest } = release;
  // What serves is given what its resources offer and what is configured, held or not.
  if (cause === 'refresh' || cause === 'configuration') {
    return;
  }
  const hold = await holds.find(service, artifactDigest);
  if (hold) {
    throw new ConflictError(
      `${service} v${number} is held: ${hold.reason} Deploy another release, or lift the hold once that is mended.`,
    );
  }
  if (cause === 'preview') {
    return;
  }
  if (environments.get(environment)?.base !== undefined) {
    throw new ConflictError(
      `${environment} shows a branch. Push to it, and the preview follows.`,
    );
  }
  if (release.branch !== undefined) {
    throw new ConflictError(
      `${service} v${number} was built from ${release.branch}, which goes to previews only. Merge it, and deploy what comes of that.`,
    );
  }
  if (cause !== 'promotion' && cause !== 'manual') {
    return;
  }
  const order = environments.all().map(({ name }) => name);
  const before = order[order.indexOf(environment) - 1];
  if (
    before !== undefined &&
    !(await store.served(release.id, before)) &&
    !(await store.served(release.id, environment))
  ) {
    throw new ConflictError(
      `${service} v${number} has not served in ${before} yet, which comes before ${environment}. Promote it to ${before} first.`,
    );
  }
}
