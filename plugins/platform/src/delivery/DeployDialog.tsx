import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Text, TextAreaField } from '@backstage/ui';
import type { Environment, Release } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ConfirmDialog,
  platformApiRef,
  Sha,
} from '@slipway/plugin-platform-react';
import { useAnnounceRun } from '../runs/useAnnounceRun';
import { DeployPreview, useDeployPlan } from './DeployPreview';
import styles from './DeliveryTab.module.css';

/** A change of the release that an environment serves. */
export interface DeployRequest {
  kind: 'promote' | 'roll-back';
  service: string;
  environment: Environment;
  /** What serves now; missing where nothing does. */
  current?: Release;
  /** What may serve instead; the first is proposed. */
  choices: Release[];
}

/** Says what would change and, once confirmed, starts the deployment. */
export function DeployDialog(props: {
  request: DeployRequest;
  onDeployed(): void;
  onClose(): void;
}) {
  const { request, onDeployed, onClose } = props;
  const { kind, service, environment, current, choices } = request;
  const platformApi = useApi(platformApiRef);
  const announce = useAnnounceRun();
  const [releaseId, setReleaseId] = useState(choices[0].id);
  const release = choices.find(({ id }) => id === releaseId) ?? choices[0];
  const [reason, setReason] = useState('');
  const isRollback = kind === 'roll-back';
  const input = {
    service,
    environment: environment.name,
    releaseId: release.id,
    ...(reason.trim() && { reason: reason.trim() }),
  };
  const plan = useDeployPlan(input);
  const wantsReason =
    reason !== '' ||
    plan.data?.decision.reasons.some(
      ({ decider, effect }) =>
        decider === 'freeze-window' && effect !== 'allow',
    );
  const needsApproval =
    plan.data?.decision.effect === 'needs-approval' ||
    (!plan.data && environment.protected);

  const labelOf = () => {
    if (needsApproval) {
      return 'Ask for approval';
    }
    return isRollback
      ? `Roll back to v${release.number}`
      : `Promote to ${environment.name}`;
  };

  const deploy = async () => {
    const run = await platformApi.deploy(input);
    announce(run);
    onDeployed();
  };

  return (
    <ConfirmDialog
      title={
        isRollback
          ? `Roll ${environment.title} back?`
          : `Promote v${release.number} to ${environment.title}?`
      }
      confirmLabel={labelOf()}
      destructive={isRollback}
      isRefused={plan.data?.decision.effect === 'deny'}
      onConfirm={deploy}
      onClose={onClose}
    >
      {choices.length > 1 && (
        <Select
          label="Release"
          options={choices.map(({ id, number, commit }) => ({
            value: id,
            label: `v${number} ${commit.title}`,
          }))}
          selectedKey={release.id}
          onSelectionChange={id => setReleaseId(String(id))}
        />
      )}
      <dl className={styles.change}>
        <dt>Service</dt>
        <dd>{service}</dd>
        <dt>Now</dt>
        <dd>{current ? <ReleaseName release={current} /> : 'nothing'}</dd>
        <dt>After</dt>
        <dd>
          <ReleaseName release={release} />
        </dd>
      </dl>
      <Text as="p" variant="body-small" color="secondary">
        The new release takes over once it is ready; if it never is,{' '}
        {current ? `v${current.number} goes on serving.` : 'nothing changes.'}
      </Text>
      {wantsReason && (
        <TextAreaField
          label="Why it can't wait"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      )}
      <DeployPreview live={plan} environment={environment} />
    </ConfirmDialog>
  );
}

function ReleaseName({ release }: { release: Release }) {
  return (
    <>
      v{release.number} <Sha sha={release.commit.sha} /> {release.commit.title}
    </>
  );
}
