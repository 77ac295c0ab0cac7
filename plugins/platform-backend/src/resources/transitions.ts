import type { ResourceState } from '@slipway/plugin-platform-common';

/**
 * Every transition a resource may make; what is not here does not happen. No state is without an exit but
 * `destroyed`. The same table stands in docs/resources.md.
 */
export const RESOURCE_TRANSITIONS: Readonly<
  Record<ResourceState, readonly ResourceState[]>
> = {
  provisioning: ['ready', 'failed', 'destroyed'],
  ready: ['changing', 'destroying'],
  changing: ['ready', 'failed'],
  failed: ['provisioning', 'changing', 'destroying'],
  destroying: ['deleted', 'destroyed', 'failed'],
  deleted: ['changing', 'destroying'],
  destroyed: [],
};

/** The states in which a run is at work on a resource. */
export type ActingState = 'provisioning' | 'changing' | 'destroying';

export const ACTING_STATES: readonly ResourceState[] = [
  'provisioning',
  'changing',
  'destroying',
];

/** The states from which a resource can go into this one. */
export function statesBefore(state: ResourceState): ResourceState[] {
  return (Object.keys(RESOURCE_TRANSITIONS) as ResourceState[]).filter(from =>
    RESOURCE_TRANSITIONS[from].includes(state),
  );
}
