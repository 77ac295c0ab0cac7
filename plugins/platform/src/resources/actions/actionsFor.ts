import type {
  Resource,
  ResourceAbility,
  ResourceState,
} from '@slipway/plugin-platform-common';

/** What can be done about a resource as a whole. */
export type ResourceAction =
  | 'resize'
  | 'rotate'
  | 'extend'
  | 'check'
  | 'destroy'
  | 'restore'
  | 'purge'
  | 'reconcile'
  | 'accept-drift'
  | 'apply';

/** What its state leaves room for; where a run is at work, it comes first. */
const BY_STATE: Record<ResourceState, readonly ResourceAction[]> = {
  provisioning: [],
  ready: [
    'resize',
    'rotate',
    'extend',
    'check',
    'reconcile',
    'accept-drift',
    'apply',
    'destroy',
  ],
  changing: [],
  failed: ['resize', 'rotate', 'extend', 'reconcile', 'destroy'],
  destroying: [],
  deleted: ['restore', 'purge'],
  destroyed: [],
};

/**
 * What can be done with a resource as it stands.
 *
 * @param abilities - those of its provider
 */
export function actionsFor(
  resource: Pick<Resource, 'state' | 'drift' | 'expiresAt'>,
  abilities: readonly ResourceAbility[],
): ResourceAction[] {
  const { state, drift, expiresAt } = resource;
  const isPossible = (action: ResourceAction) => {
    switch (action) {
      case 'rotate':
        return abilities.includes('rotate');
      case 'extend':
        return expiresAt !== undefined;
      case 'reconcile':
        return drift !== undefined;
      case 'accept-drift':
        return (
          drift !== undefined &&
          !drift.missing &&
          abilities.includes('accept-drift')
        );
      default:
        return true;
    }
  };
  return BY_STATE[state].filter(isPossible);
}
