import type { Resource } from '@slipway/plugin-platform-common';
import { StateBadge } from '@slipway/plugin-platform-react';
import { driftBadgeOf } from './resourceStates';

/** Whether what is there is what was asked for; nothing where it is, or nobody has looked yet. */
export function DriftBadge(props: { resource: Pick<Resource, 'drift'> }) {
  const { drift } = props.resource;
  return drift ? <StateBadge {...driftBadgeOf(drift)} /> : undefined;
}
