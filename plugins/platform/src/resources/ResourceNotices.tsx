import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link } from '@backstage/ui';
import {
  isFinalRunState,
  RUN_STATES,
  type Resource,
} from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import {
  EntityLink,
  ErrorNotice,
  FailureNotice,
  Panel,
  platformApiRef,
  TimeAgo,
  TimeLeft,
  useAction,
  useLive,
} from '@slipway/plugin-platform-react';
import { UnderWay } from '../delivery/UnderWay';
import { usePlatformLinks } from '../routes';
import { isResourceRun, targetOf } from './resourceRuns';
import { badgeOf } from './resourceStates';
import styles from './resources.module.css';

const ACTIVE_STATES = RUN_STATES.filter(state => !isFinalRunState(state));

/** What is up with a resource that is not simply ready: the runs at work on it, why the last one failed, what it needs, or that it is gone. */
export function ResourceNotices(props: {
  resource: Resource;
  /** Whether the reader may do something about it. */
  isOwn: boolean;
  onChanged(): void;
}) {
  const { resource, isOwn, onChanged } = props;
  const { state, failure, warning, deletedAt, purgeAt } = resource;
  return (
    <>
      <RunsAtWork resource={resource} />
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
      {warning && (
        <Alert
          status="warning"
          icon
          title="It needs you"
          description={warning}
        />
      )}
      {state === 'deleted' && (
        <Gone title="Deleted" at={deletedAt}>
          {badgeOf(resource).meaning}
          {purgeAt && (
            <>
              {' '}
              That happens <TimeLeft until={purgeAt} />.
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

/** The runs that act on it, wait to, or are planned and wait for somebody to start them. */
function RunsAtWork({ resource }: { resource: Resource }) {
  const platformApi = useApi(platformApiRef);
  const target = targetOf(resource);
  const { data } = useLive({
    key: target,
    matches: isResourceRun,
    query: options =>
      platformApi.listRuns(
        { target, state: ACTIVE_STATES, limit: 20 },
        options,
      ),
  });
  const runs = data?.items ?? [];
  return runs.length === 0 ? undefined : (
    <Panel title="Under way">
      {runs.map(run => (
        <UnderWay key={run.id} run={run} />
      ))}
    </Panel>
  );
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
    <div className={styles.failureActions}>
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
      )}
      <Link href={links.run(runId)} variant="body-small">
        Open the run
      </Link>
    </div>
  );
}
