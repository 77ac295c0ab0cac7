import type { Deployment } from './types';

export const PREVIEW_STATES = ['active', 'removing', 'removed'] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

/** Whether an environment can be cloned for branches. */
export interface PreviewPolicy {
  /** What gets one by itself. */
  for: 'merge-requests' | 'branches';
  defaultMs: number;
  maximumMs: number;
  /** How many there may be at once. */
  maximum: number;
}

/** An environment that a branch has for itself. Times are ISO 8601 in UTC. */
export interface Preview {
  id: string;
  /** The name of the environment. */
  environment: string;
  /** The environment that it is cloned from. */
  base: string;
  service: string;
  /** The entity reference of the team that owns the service. */
  owner: string;
  branch: string;
  /** The number of the merge request it was made for. */
  mergeRequest?: number;
  state: PreviewState;
  /** Why it goes, or went. */
  reason?: string;
  /** The run that takes it away. */
  removalRunId?: string;
  requestedBy: string;
  createdAt: string;
  expiresAt: string;
  removedAt?: string;
  /** What it shows; missing until there is something. */
  serving?: Deployment;
  /** The newest deployment, where that isn't what serves. */
  latest?: Deployment;
}

/** The run that takes a preview away. */
export const REMOVE_PREVIEW_RUN_KIND = 'remove-preview';
