import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link } from '@backstage/ui';
import {
  isFinalRunState,
  type Resource,
} from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { platformApiRef } from '../api';
import {
  EntityLink,
  ErrorNotice,
  FailureNotice,
  TimeAgo,
  TimeLeft,
} from '../components';
import { UnderWay } from '../delivery/UnderWay';
import { useAction, useLive } from '../live';
import { usePlatformLinks } from '../routes';
import { badgeOf } from './resourceStates';

/** What is up with a resource that is not simply ready: the run at work on it, why the last one failed, or that it is gone. */
export function ResourceNotices(props: {
  resource: Resource;
  /** Whether the reader may do something about it. */
  isOwn: boolean;
  onChanged(): void;
}) {
  const { resource, isOwn, onChanged } = props;
  const { state, failure, deletedAt, purgeAt } = resource;
  return (
    <>
      <RunAtWork runId={resource.runId} />
      {failure && (
        <FailureNotice
          failure={failure}
          action={
            <FailureActions
              runId={resource.runId}
              canRetry={isOwn && state === 'failed'}
              onRetried={onChanged}
            />
          }
        />
      )}
      {state === 'deleted' && (
        <Gone title="Deleted" at={deletedAt}>
          {badgeOf(resource).meaning}
          {purgeAt && (
            <>
              {' '}
              It is purged <TimeLeft until={purgeAt} />.
            </>
          )}
        </Gone>
      )}
      {state === 'destroyed' && (
        <Gone title="Destroyed" at={deletedAt}>
          It is gone for good. What happened to it stands below.
        </Gone>
      )}
      {!isOwn && state !== 'destroyed' && (
        <Alert
          status="info"
          icon
          title={
            <>
              This belongs to <EntityLink entityRef={resource.owner} />
            </>
          }
          description="Ask them to change it."
        />
      )}
    </>
  );
}

function Gone(props: {
  title: string;
  at: string | undefined;
  children: ReactNode;
}) {
  const { title, at, children } = props;
  return (
    <Alert
      status="warning"
      icon
      title={
        <>
          {title} {at && <TimeAgo at={at} />}
        </>
      }
      description={children}
    />
  );
}

function RunAtWork({ runId }: { runId: string }) {
  const platformApi = useApi(platformApiRef);
  const { data: run } = useLive({
    key: runId,
    matches: signal => signal.type === 'run' && signal.runId === runId,
    query: options => platformApi.getRun(runId, options),
  });
  return run && !isFinalRunState(run.state) ? (
    <UnderWay run={run} />
  ) : undefined;
}

function FailureActions(props: {
  runId: string;
  canRetry: boolean;
  onRetried(): void;
}) {
  const { runId, canRetry, onRetried } = props;
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const retry = useAction(async () => {
    await platformApi.retryRun(runId);
    onRetried();
  });
  return (
    <>
      {retry.error && <ErrorNotice title="Can't retry" error={retry.error} />}
      {canRetry && (
        <Button
          variant="primary"
          size="small"
          loading={retry.isPending}
          onPress={() => retry.start()}
        >
          Retry
        </Button>
      )}{' '}
      <Link href={links.run(runId)} variant="body-small">
        Open the run
      </Link>
    </>
  );
}
