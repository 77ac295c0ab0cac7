import {
  RESOURCE_RUN_KINDS,
  type RunFilter,
} from '@slipway/plugin-platform-common';
import type { Self } from '@slipway/plugin-platform-react';

/** What the choices of the runs page stand for. */
const STATES: Record<string, Pick<RunFilter, 'state' | 'activity'>> = {
  active: {
    state: ['planned', 'waiting', 'queued', 'running', 'cancelling', 'undoing'],
  },
  people: { activity: 'people' },
  queued: { state: ['queued'] },
  planned: { state: ['planned'] },
  failed: { state: ['failed'] },
  succeeded: { state: ['succeeded'] },
  cancelled: { state: ['cancelled'] },
  undone: { state: ['undone'] },
};

export const STATE_OPTIONS = [
  { value: 'all', label: 'All states' },
  { value: 'active', label: 'Under way' },
  { value: 'people', label: 'Waiting for people' },
  { value: 'queued', label: 'In the queue' },
  { value: 'planned', label: 'Planned' },
  { value: 'failed', label: 'Failed' },
  { value: 'succeeded', label: 'Done' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'undone', label: 'Undone' },
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
  { value: 'create-service', label: 'New services' },
  { value: RESOURCE_RUN_KINDS.provision, label: 'New resources' },
  { value: RESOURCE_RUN_KINDS.change, label: 'Changes of resources' },
  { value: RESOURCE_RUN_KINDS.rotate, label: 'Rotations' },
  { value: RESOURCE_RUN_KINDS.destroy, label: 'Removals' },
];

/** The choices of the runs page as they stand in its address; what is left out is `all`. */
export interface RunChoices {
  state?: string;
  who?: string;
  kind?: string;
  service?: string;
  environment?: string;
}

/** What to ask the platform for; `undefined` while it isn't known who "me" is. */
export function runFilter(
  choices: RunChoices,
  self: Self | undefined,
): RunFilter | undefined {
  const { state, who, kind, service, environment } = choices;
  const filter: RunFilter = {
    ...(state && STATES[state]),
    kind,
    service,
    environment,
  };
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
