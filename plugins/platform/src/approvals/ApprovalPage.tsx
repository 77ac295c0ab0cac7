import { ResponseError } from '@backstage/errors';
import { useApi, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { Approval, Run } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  EntityLink,
  InlineLink,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  StateBadge,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { ChangeList, ReasonList, RemainsList } from '../decisions';
import { approvalRouteRef, usePlatformLinks } from '../routes';
import { ApprovalDecision } from './ApprovalDecision';
import { badgeOf } from './approvalStates';
import styles from './approvals.module.css';
import { useApproval } from './useApproval';

/** One approval, with what somebody needs to decide it, current. */
export function ApprovalPage() {
  const { approvalId } = useRouteRefParams(approvalRouteRef);
  const links = usePlatformLinks();
  const live = useApproval(approvalId);
  const crumbs = [{ label: 'Approvals', href: links.approvals() }];
  if (live.data) {
    return (
      <PageFrame
        title={live.data.run.title}
        crumbs={crumbs}
        badge={<StateBadge {...badgeOf(live.data)} />}
        subtitle={<Subtitle approval={live.data} />}
        actions={
          <ButtonLink variant="secondary" href={links.run(live.data.run.id)}>
            Open the run
          </ButtonLink>
        }
      >
        <LiveView live={live} what="the approval">
          {approval => (
            <ApprovalView approval={approval} onDecided={live.refresh} />
          )}
        </LiveView>
      </PageFrame>
    );
  }
  const isMissing =
    live.error instanceof ResponseError && live.error.statusCode === 404;
  return (
    <PageFrame title="Approval" crumbs={crumbs}>
      {isMissing ? (
        <EmptyNotice title="There is no such approval">
          The address may be incomplete.
          <ButtonLink variant="secondary" size="small" href={links.approvals()}>
            Show what waits for me
          </ButtonLink>
        </EmptyNotice>
      ) : (
        <LiveView live={live} what="the approval">
          {() => undefined}
        </LiveView>
      )}
    </PageFrame>
  );
}

function Subtitle({ approval }: { approval: Approval }) {
  const links = usePlatformLinks();
  const { requestedBy, service, environment, owner } = approval.run;
  return (
    <>
      asked by <EntityLink entityRef={requestedBy} />,{' '}
      <TimeAgo at={approval.createdAt} />
      {service && (
        <>
          {' · '}
          <InlineLink href={links.service(service, 'delivery')}>
            {service}
          </InlineLink>
          {environment && ` in ${environment}`}
        </>
      )}
      {' · '}belongs to <EntityLink entityRef={owner} />
    </>
  );
}

function ApprovalView(props: { approval: Approval; onDecided(): void }) {
  const { approval, onDecided } = props;
  const platformApi = useApi(platformApiRef);
  const run = useLive({
    key: approval.run.id,
    matches: signal =>
      signal.type === 'run' && signal.runId === approval.run.id,
    query: options => platformApi.getRun(approval.run.id, options),
  });
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <LiveView live={run} what="what it would do">
          {data => <Facts run={data} />}
        </LiveView>
      </div>
      <Panel title={approval.mayDecide ? 'Your decision' : 'The decision'}>
        <ApprovalDecision approval={approval} onDecided={onDecided} />
      </Panel>
    </div>
  );
}

function Facts({ run }: { run: Run }) {
  const isUndo = run.phase === 'undo';
  const steps = run.steps.filter(
    ({ undoes }) => (undoes !== undefined) === isUndo,
  );
  return (
    <>
      {isUndo && run.remains.length > 0 && (
        <Panel title="What it takes back">
          <RemainsList remains={run.remains} />
        </Panel>
      )}
      {!isUndo && run.changes.length > 0 && (
        <Panel title="Plan">
          <ChangeList changes={run.changes} />
        </Panel>
      )}
      {run.decision && (
        <Panel title="Rules">
          <ReasonList reasons={run.decision.reasons} waits={run.waits} />
        </Panel>
      )}
      <Panel title="Steps">
        <ol className={styles.steps}>
          {steps.map(step => (
            <li key={step.id}>{step.title}</li>
          ))}
        </ol>
      </Panel>
    </>
  );
}
