import { Alert, Skeleton, Text } from '@backstage/ui';
import { ChangeList, PlanVerdict } from '@slipway/plugin-platform';
import { ErrorNotice, type Live } from '@slipway/plugin-platform-react';
import type { RunPlan } from '@slipway/plugin-platform-common';
import { useEffect, useRef } from 'react';
import type { Objection } from './findObjections';
import styles from './PlanView.module.css';

/** What is going to happen: what changes, field by field, who has to agree first, and what stands in the way. */
export function PlanView(props: {
  live: Live<RunPlan>;
  objections: readonly Objection[];
  /** Whether something else says what stands in the way, too. */
  isObjected: boolean;
  /** What the parameters of the form are called. */
  titles?: ReadonlyMap<string, string>;
}) {
  const { live, objections, isObjected, titles } = props;
  const { data, error, loading, refresh } = live;
  const last = useRef<RunPlan>();
  useEffect(() => {
    last.current = data ?? (error ? undefined : last.current);
  }, [data, error]);
  // What was planned last stays while the next plan is on its way, so that nothing jumps.
  const plan = loading ? last.current : data;
  if (loading && !plan) {
    return (
      <div role="status" aria-label="Working out what would happen">
        <Skeleton width="100%" height={52} />
      </div>
    );
  }
  if (isObjected) {
    return (
      <>
        {objections.map(({ parameter, message }) => (
          <Alert
            key={message}
            role="alert"
            status="danger"
            icon
            title={titleOf(parameter, titles)}
            description={message}
          />
        ))}
        {objections.length === 0 && (
          <Text as="p" variant="body-small" color="secondary">
            This shows what will happen once the fields above are right.
          </Text>
        )}
      </>
    );
  }
  if (error) {
    return (
      <ErrorNotice
        title="Can't work out what would happen"
        error={error}
        onRetry={refresh}
      />
    );
  }
  return plan ? (
    <div className={styles.plan} aria-busy={loading}>
      {plan.changes.length > 0 ? (
        <ChangeList changes={plan.changes} />
      ) : (
        <Text as="p" variant="body-small">
          Nothing has to change.
        </Text>
      )}
      <PlanVerdict plan={plan} />
    </div>
  ) : null;
}

function titleOf(
  parameter: string | undefined,
  titles: ReadonlyMap<string, string> = new Map(),
): string {
  return parameter === undefined
    ? "This can't be done"
    : `${titles.get(parameter) ?? parameter} can't be this`;
}
