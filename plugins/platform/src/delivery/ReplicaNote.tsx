import { Text } from '@backstage/ui';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import { TimeAgo } from '@slipway/plugin-platform-react';

/** How many processes run, where that isn't simply one; why and since when none does, where somebody wants it so. */
export function ReplicaNote({ status }: { status: WorkloadStatus }) {
  const { replicas, stopped } = status;
  if (stopped) {
    return (
      <Text as="div" variant="body-small" weight="bold">
        {stopped.reason.charAt(0).toUpperCase()}
        {stopped.reason.slice(1)}, <TimeAgo at={stopped.since} />
      </Text>
    );
  }
  return replicas && replicas.wanted > 1 ? (
    <Text as="div" variant="body-small" color="secondary">
      {replicas.ready} of {replicas.wanted} replicas ready
    </Text>
  ) : null;
}
