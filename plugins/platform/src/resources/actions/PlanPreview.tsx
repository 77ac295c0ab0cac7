import { Alert, Skeleton, Text } from '@backstage/ui';
import type { RunPlan } from '@slipway/plugin-platform-common';
import { LiveView } from '@slipway/plugin-platform-react';
import { ChangeList, PlanVerdict } from '../../decisions';
import styles from '../resources.module.css';
import type { LivePlan } from './usePlan';

/** What would change, field by field, and what the rules say to it, before anything happens. */
export function PlanPreview(props: { live: LivePlan }) {
  const { live } = props;
  return (
    <section className={styles.plan} aria-label="Plan">
      <h3 className={styles.planTitle}>What will change</h3>
      {live.loading ? (
        <div role="status" aria-label="Making the plan">
          <Skeleton width="100%" height={52} />
        </div>
      ) : (
        <LiveView live={live} what="the plan">
          {plan => plan && <Plan plan={plan} hasChanged={live.hasChanged} />}
        </LiveView>
      )}
    </section>
  );
}

function Plan({ plan, hasChanged }: { plan: RunPlan; hasChanged: boolean }) {
  return (
    <>
      <div role="status">
        {hasChanged && (
          <Alert
            status="warning"
            icon
            title="The plan has changed since you opened this"
            description="This is the new one. Look at it again before you go on."
          />
        )}
      </div>
      {plan.changes.length > 0 ? (
        <ChangeList changes={plan.changes} />
      ) : (
        <Text as="p" variant="body-small" color="secondary">
          Nothing: it is as it should be.
        </Text>
      )}
      <PlanVerdict plan={plan} />
    </>
  );
}
