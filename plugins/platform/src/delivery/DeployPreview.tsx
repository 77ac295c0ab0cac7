import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton, Text } from '@backstage/ui';
import type { Environment, RunPlan } from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { InlineLink, LinkedText, LiveView } from '../components';
import { ReasonList } from '../decisions';
import { useLive, type Live } from '../live';
import { usePlatformLinks } from '../routes';
import styles from './DeliveryTab.module.css';

/** What a deployment would do if it were started now, and what the rules say to it. */
export function useDeployPlan(input: {
  service: string;
  environment: string;
  releaseId: string;
}): Live<RunPlan> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: JSON.stringify(input),
    matches: signal =>
      signal.type === 'run' &&
      signal.service === input.service &&
      signal.environment === input.environment,
    query: options => platformApi.planRun({ kind: 'deploy', input }, options),
  });
}

/** Says before the click what happens after it: whether somebody has to agree first, why, and whether there is a queue. */
export function DeployPreview(props: {
  live: Live<RunPlan>;
  environment: Environment;
}) {
  const { live, environment } = props;
  return (
    <div className={styles.preview}>
      {environment.protected && live.error && !live.data && (
        <Text as="p" variant="body-small">
          {environment.title} is protected: a second person of the owning team
          has to agree.
        </Text>
      )}
      {live.loading ? (
        <div role="status" aria-label="Asking the rules">
          <Skeleton width="100%" height={52} />
        </div>
      ) : (
        <LiveView live={live} what="what the rules say">
          {plan => <Preview plan={plan} />}
        </LiveView>
      )}
    </div>
  );
}

function Preview({ plan }: { plan: RunPlan }) {
  const links = usePlatformLinks();
  const { approvals, behind, decision } = plan;
  const isPlain = decision.effect === 'allow';
  return (
    <>
      {decision.effect === 'deny' && (
        <Alert status="danger" icon title="The rules don't allow this" />
      )}
      {approvals.map(({ reason, approvers, approversText, quorum }) => (
        <Alert
          key={reason}
          status="warning"
          icon
          title={
            <>
              Waits for{' '}
              <LinkedText text={approversText} entityRefs={approvers} /> first
            </>
          }
          description={
            quorum > 1
              ? `It takes ${quorum} of them. They are notified at once.`
              : 'They are notified at once. Until then, nothing changes.'
          }
        />
      ))}
      {!isPlain && <ReasonList reasons={decision.reasons} />}
      {behind && (
        <Text as="p" variant="body-small" color="secondary">
          {isPlain ? 'It' : 'It then'} queues behind{' '}
          <InlineLink href={links.run(behind.runId)}>{behind.title}</InlineLink>
          .
        </Text>
      )}
    </>
  );
}
