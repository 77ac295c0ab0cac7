import { ButtonLink } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import { FailureNotice } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './DeliveryTab.module.css';

const ENDS: Partial<Record<Deployment['state'], string>> = {
  failed: 'failed',
  'rolled-back': 'was rolled back',
};

/** Why the newest deployment failed, and what serves instead. */
export function FailedDeployment(props: {
  deployment: Deployment;
  serving?: Deployment;
}) {
  const { deployment, serving } = props;
  const links = usePlatformLinks();
  const { failure, release } = deployment;
  const reason = failure?.message ?? 'no reason was recorded.';
  const end = ENDS[deployment.state] ?? 'was not deployed';
  const namesRelease = reason.startsWith(`v${release.number} `);
  const outcome = serving
    ? `v${serving.release.number} goes on serving.`
    : 'Nothing serves here.';
  return (
    <div className={styles.failed}>
      <FailureNotice
        isIntended={deployment.state === 'cancelled'}
        failure={{
          message: namesRelease
            ? reason
            : `v${release.number} ${end}: ${reason}`,
          hint: [failure?.hint, outcome].filter(Boolean).join(' '),
        }}
        action={
          <ButtonLink
            variant="secondary"
            size="small"
            href={links.run(deployment.runId)}
          >
            Open the run
          </ButtonLink>
        }
      />
    </div>
  );
}
