import type {
  Deployment,
  Release,
  ReleaseHold,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import type { DeployRequest } from './DeployDialog';

/** What can be done with the release that an environment serves. */
export interface Offer {
  /** Brings it to the next environment; missing where that serves it already, or is about to, or it is held. */
  promotion?: DeployRequest;
  /** Brings back a release that served here before; missing where there is none. */
  rollback?: DeployRequest;
}

/** What can be brought where, for each environment in their order. */
export function offersFor(
  overview: ServiceOverview,
  deployments: Deployment[],
  holds: ReleaseHold[] = [],
): Offer[] {
  const { service, environments, activeRuns } = overview;
  return environments.map(({ environment, serving }, index) => {
    if (!serving) {
      return {};
    }
    const next = environments[index + 1];
    const isAsked = activeRuns.some(
      run =>
        run.environment === next?.environment.name &&
        run.input.releaseId === serving.release.id,
    );
    const isHeld = holds.some(
      ({ artifactDigest, lifted }) =>
        !lifted && artifactDigest === serving.release.artifactDigest,
    );
    const isBehind =
      next &&
      next.serving?.release.id !== serving.release.id &&
      !isAsked &&
      !isHeld;
    const earlier = earlierReleases(
      deployments.filter(past => past.environment === environment.name),
      serving.release,
    );
    return {
      promotion: isBehind
        ? {
            kind: 'promote',
            service,
            environment: next.environment,
            current: next.serving?.release,
            choices: [serving.release],
          }
        : undefined,
      rollback:
        earlier.length > 0
          ? {
              kind: 'roll-back',
              service,
              environment,
              current: serving.release,
              choices: earlier,
            }
          : undefined,
    };
  });
}

/** Releases that have served before, newest first; never the one that serves now, nor a newer one. */
function earlierReleases(
  deployments: Deployment[],
  serving: Release,
): Release[] {
  const releases = new Map<number, Release>();
  for (const { state, release } of deployments) {
    if (state === 'superseded' && release.number < serving.number) {
      releases.set(release.number, release);
    }
  }
  return [...releases.values()].sort((a, b) => b.number - a.number);
}
