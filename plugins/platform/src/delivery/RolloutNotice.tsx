import { Text } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import { TimeLeft } from '@slipway/plugin-platform-react';
import styles from './DeliveryTab.module.css';

/** How far a release has taken over, and how long it can still be taken back by itself. */
export function RolloutNotice({ deployment }: { deployment: Deployment }) {
  const { release, rollout, previous } = deployment;
  if (!rollout) {
    return null;
  }
  const { percent, stage, until } = rollout;
  const name = `v${release.number}`;
  return (
    <div className={styles.rollout}>
      <div
        className={styles.meter}
        role="meter"
        aria-label={`Requests that go to ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} %`}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <Text as="div" variant="body-small" color="secondary">
        {stage === 'canary' ? (
          <>
            {name} gets {percent} % of the requests; the next step comes{' '}
            <TimeLeft until={until} />
          </>
        ) : (
          <>
            {name} is watched, and{' '}
            {previous ? `v${previous.release}` : 'the one before'} ready to take
            over again; that ends <TimeLeft until={until} />
          </>
        )}
      </Text>
    </div>
  );
}
