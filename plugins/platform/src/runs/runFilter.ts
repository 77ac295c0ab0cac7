import type { RunFilter, RunState } from '@slipway/plugin-platform-common';
import type { Self } from '../people';

/** What the choices of the runs page stand for. */
const STATES: Record<string, RunState[]> = {
  active: ['planned', 'waiting', 'queued', 'running', 'cancelling', 'undoing'],
  failed: ['failed'],
  succeeded: ['succeeded'],
  cancelled: ['cancelled', 'undone'],
};

export const STATE_OPTIONS = [
  { value: 'all', label: 'All states' },
  { value: 'active', label: 'Under way' },
  { value: 'failed', label: 'Failed' },
  { value: 'succeeded', label: 'Done' },
  { value: 'cancelled', label: 'Cancelled' },
];

export const WHO_OPTIONS = [
  { value: 'all', label: 'Everyone' },
  { value: 'teams', label: 'My teams' },
  { value: 'mine', label: 'Asked by me' },
];

export const KIND_OPTIONS = [
  { value: 'all', label: 'All kinds' },
  { value: 'pipeline', label: 'Pipelines' },
  { value: 'deploy', label: 'Deployments' },
];

/** The choices of the runs page as they stand in its address; what is left out is `all`. */
export interface RunChoices {
  state?: string;
  who?: string;
  kind?: string;
  service?: string;
}

/** What to ask the platform for; `undefined` while it isn't known who "me" is. */
export function runFilter(
  choices: RunChoices,
  self: Self | undefined,
): RunFilter | undefined {
  const { state, who, kind, service } = choices;
  const filter: RunFilter = { kind, service };
  if (state !== undefined) {
    filter.state = STATES[state];
  }
  if (who === 'mine' || who === 'teams') {
    if (!self) {
      return undefined;
    }
    if (who === 'mine') {
      filter.requestedBy = self.userEntityRef;
    } else {
      filter.owner = self.ownershipEntityRefs;
    }
  }
  return filter;
}
