import { ResponseError } from '@backstage/errors';
import { useRouteRefParams } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
} from '@slipway/plugin-platform-react';
import { useRunStream } from '../live';
import { runRouteRef, usePlatformLinks } from '../routes';
import { RunView } from './RunView';

/** One run, live. */
export function RunPage() {
  const { runId } = useRouteRefParams(runRouteRef);
  const links = usePlatformLinks();
  const stream = useRunStream(runId);
  const { run, error, restart } = stream;
  if (run) {
    return <RunView key={run.id} run={run} stream={stream} />;
  }
  const isMissing = error instanceof ResponseError && error.statusCode === 404;
  return (
    <PageFrame title="Run" crumbs={[{ label: 'Runs', href: links.runs() }]}>
      {isMissing ? (
        <EmptyNotice title="There is no such run">
          The address may be incomplete.
          <ButtonLink variant="secondary" size="small" href={links.runs()}>
            Show all runs
          </ButtonLink>
        </EmptyNotice>
      ) : (
        <LiveView
          what="the run"
          live={{ error, loading: !error, refresh: restart }}
        >
          {() => undefined}
        </LiveView>
      )}
    </PageFrame>
  );
}
