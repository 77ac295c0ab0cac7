import type {
  Drift,
  Resource,
  ResourceState,
} from '@slipway/plugin-platform-common';
import type { Tone } from '@slipway/plugin-platform-react';

interface StateWords {
  tone: Tone;
  /** What it means for whoever uses the resource, in one sentence. */
  meaning: string;
}

/** How good each state is, and what it means. */
const STATES: Record<ResourceState, StateWords> = {
  provisioning: { tone: 'busy', meaning: 'A run is making it.' },
  ready: { tone: 'good', meaning: 'It can be used.' },
  changing: { tone: 'busy', meaning: 'A run changes it. It stays usable.' },
  failed: { tone: 'bad', meaning: 'The last run did not end well.' },
  destroying: { tone: 'warning', meaning: 'A run takes it away.' },
  deleted: {
    tone: 'warning',
    meaning: 'Nobody can use it. It can be restored until it is purged.',
  },
  destroyed: { tone: 'quiet', meaning: 'It is gone for good.' },
};

/** The states in which a run acts on a resource. */
export const BUSY_STATES: readonly ResourceState[] = [
  'provisioning',
  'changing',
  'destroying',
];

/** The state of a resource as `StateBadge` takes it. */
export function badgeOf({ state }: Pick<Resource, 'state'>) {
  const { tone, meaning } = STATES[state];
  return { state, tone, meaning };
}

/** How what is there differs from what was asked for, as `StateBadge` takes it. */
export function driftBadgeOf({ missing }: Pick<Drift, 'missing'>): {
  state: string;
  tone: Tone;
} {
  return missing
    ? { state: 'missing', tone: 'bad' }
    : { state: 'drifted', tone: 'warning' };
}

/** Whether a resource is one that people count with: neither gone nor going. */
export function isThere({ state }: Pick<Resource, 'state'>): boolean {
  return !['destroying', 'deleted', 'destroyed'].includes(state);
}
