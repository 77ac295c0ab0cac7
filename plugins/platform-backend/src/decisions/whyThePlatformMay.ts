import {
  OPERATION_RUN_KINDS,
  PLATFORM_ACTOR,
  REMOVE_PREVIEW_RUN_KIND,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { DecisionRequest } from '@slipway/plugin-platform-node';
import { DEPLOY_RUN_KIND } from '../deployments';
import { MOVE_OWNERSHIP_RUN_KIND } from '../ownership';
import { PIPELINE_RUN_KIND } from '../pipelines';

const REASONS: Record<string, string> = {
  [RESOURCE_RUN_KINDS.destroy]:
    'When it expires was agreed when it was made, or extended.',
  [RESOURCE_RUN_KINDS.purge]:
    'How long it is kept was agreed when it was destroyed.',
  [REMOVE_PREVIEW_RUN_KIND]:
    'How long a preview lasts was agreed when it was made, or extended.',
  [OPERATION_RUN_KINDS.stop]:
    'When an environment sleeps was agreed when that was declared.',
  [OPERATION_RUN_KINDS.start]:
    'When an environment sleeps was agreed when that was declared.',
  [MOVE_OWNERSHIP_RUN_KIND]:
    'Both teams agreed to it: one offered it, the other accepted.',
  [PIPELINE_RUN_KIND]: 'The platform commits only what people agreed to.',
  [DEPLOY_RUN_KIND]:
    'The release that serves is only given what was agreed to: new credentials, or another configuration.',
};

/** Why the platform may do what it asks for by itself; `undefined` where a person asks, or it may not. */
export function whyThePlatformMay({
  run: { kind, requestedBy },
}: DecisionRequest): string | undefined {
  return requestedBy === PLATFORM_ACTOR ? REASONS[kind] : undefined;
}
