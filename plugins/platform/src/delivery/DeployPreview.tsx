import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type { Environment, RunPlan } from '@slipway/plugin-platform-common';
import {
  type Live,
  LiveView,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { ChangeList, PlanVerdict } from '../decisions';
import styles from './DeliveryTab.module.css';

/** What a deployment would do if it were started now, and what the rules say to it. */
export function useDeployPlan(input: {
  service: string;
  environment: string;
  releaseId: string;
  reason?: string;
}): Live<RunPlan> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    // That there is a reason changes what the rules say; its words don't.
    key: JSON.stringify({ ...input, reason: Boolean(input.reason) }),
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
          {plan => (
            <>
              {plan.changes.length > 0 && <ChangeList changes={plan.changes} />}
              <PlanVerdict plan={plan} />
            </>
          )}
        </LiveView>
      )}
    </div>
  );
}
