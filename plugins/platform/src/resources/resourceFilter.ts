import {
  RESOURCE_STATES,
  type ResourceFilter,
  type ResourceState,
} from '@slipway/plugin-platform-common';
import type { Self } from '@slipway/plugin-platform-react';
import { BUSY_STATES } from './resourceStates';

/** How soon a resource expires that is about to. */
export const SOON_MS = 7 * 24 * 3_600_000;

const STATES: Record<string, readonly ResourceState[]> = {
  ready: ['ready'],
  busy: BUSY_STATES,
  failed: ['failed'],
  deleted: ['deleted'],
  destroyed: ['destroyed'],
  any: RESOURCE_STATES,
};

/** What is shown where no state is chosen: everything that still exists. */
const EXISTING = RESOURCE_STATES.filter(state => state !== 'destroyed');

export const STATE_OPTIONS = [
  { value: 'all', label: 'All that exist' },
  { value: 'ready', label: 'Ready' },
  { value: 'busy', label: 'A run at work' },
  { value: 'failed', label: 'Failed' },
  { value: 'deleted', label: 'Deleted, restorable' },
  { value: 'destroyed', label: 'Destroyed' },
  { value: 'any', label: 'Ever made' },
];

export const WHO_OPTIONS = [
  { value: 'mine', label: 'My teams' },
  { value: 'all', label: 'Everyone' },
];

export const NEEDS_OPTIONS = [
  { value: 'all', label: 'Anything' },
  { value: 'drifted', label: 'Drifted' },
  { value: 'expiring', label: 'Expires in 7 days' },
];

/** The choices of the resources page as they stand in its address. */
export interface ResourceChoices {
  environment?: string;
  type?: string;
  /** Left out: those of the reader's teams. */
  who?: string;
  state?: string;
  needs?: string;
  search?: string;
}

/**
 * What to ask the platform for at a moment; `undefined` while it isn't known who "me" is.
 *
 * @param now - in milliseconds since 1970
 */
export function resourceFilter(
  choices: ResourceChoices,
  self: Self | undefined,
  now: number,
): ResourceFilter | undefined {
  const { environment, type, who, state, needs, search } = choices;
  if (who !== 'all' && !self) {
    return undefined;
  }
  return {
    environment,
    type,
    search,
    owner: who === 'all' ? undefined : self?.ownershipEntityRefs,
    state: [...(STATES[state ?? ''] ?? EXISTING)],
    drifted: needs === 'drifted' ? true : undefined,
    expiresBefore:
      needs === 'expiring' ? new Date(now + SOON_MS).toISOString() : undefined,
  };
}
