import { Alert, Link } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { formatOrdinal } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';

/** Where a run stands in line, and behind what. */
export function QueueNotice(props: { queue: NonNullable<Run['queue']> }) {
  const { place, behindRunId, behindTitle } = props.queue;
  const links = usePlatformLinks();
  return (
    <Alert
      status="info"
      icon
      title={
        <>
          {formatOrdinal(place)} in line behind{' '}
          <Link href={links.run(behindRunId)}>{behindTitle}</Link>
        </>
      }
      description="One run at a time works on the same target. This one starts by itself."
    />
  );
}
