import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type { Environment, RunPlan } from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { LiveView } from '../components';
import { PlanVerdict } from '../decisions';
import { useLive, type Live } from '../live';
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
          {plan => <PlanVerdict plan={plan} />}
        </LiveView>
      )}
    </div>
  );
}
