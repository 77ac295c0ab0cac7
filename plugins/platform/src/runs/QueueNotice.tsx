import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { formatOrdinal } from '../format';
import { useLive } from '../live';
import { usePlatformLinks } from '../routes';

/** Where a run stands in line, and behind what. */
export function QueueNotice(props: { queue: NonNullable<Run['queue']> }) {
  const { place, behindRunId } = props.queue;
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const { data: ahead } = useLive({
    key: behindRunId,
    matches: signal => signal.type === 'run' && signal.runId === behindRunId,
    query: options => platformApi.getRun(behindRunId, options),
  });
  return (
    <Alert
      status="info"
      icon
      title={
        <>
          {formatOrdinal(place)} in line behind{' '}
          <Link href={links.run(behindRunId)}>
            {ahead?.title ?? 'another run'}
          </Link>
        </>
      }
      description="One run at a time works on the same target. This one starts by itself."
    />
  );
}
