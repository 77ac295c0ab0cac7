import {
  PLATFORM_ACTOR,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { DecisionRequest } from '@slipway/plugin-platform-node';
import { DEPLOY_RUN_KIND } from '../deployments';

const REASONS: Record<string, string> = {
  [RESOURCE_RUN_KINDS.destroy]:
    'When it expires was agreed when it was made, or extended.',
  [RESOURCE_RUN_KINDS.purge]:
    'How long it is kept was agreed when it was destroyed.',
  [DEPLOY_RUN_KIND]:
    'The release that serves is only given the new credentials of a resource.',
};

/** Why the platform may do what it asks for by itself; `undefined` where a person asks, or it may not. */
export function whyThePlatformMay({
  run: { kind, requestedBy },
}: DecisionRequest): string | undefined {
  return requestedBy === PLATFORM_ACTOR ? REASONS[kind] : undefined;
}
