import type { Resource } from '@slipway/plugin-platform-common';
import { StateBadge } from '../components';
import { driftBadgeOf } from './resourceStates';

/** Whether what is there is what was asked for; nothing where nobody has looked yet. */
export function DriftBadge(props: {
  resource: Pick<Resource, 'drift' | 'checkedAt'>;
}) {
  const badge = driftBadgeOf(props.resource);
  return badge ? <StateBadge {...badge} /> : undefined;
}
