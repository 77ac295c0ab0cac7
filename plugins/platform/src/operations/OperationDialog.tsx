import { useApi } from '@backstage/frontend-plugin-api';
import { NumberField, Skeleton, Text, TextField } from '@backstage/ui';
import {
  type Environment,
  OPERATION_RUN_KINDS,
  type ServiceOperation,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ConfirmDialog,
  LiveView,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { ChangeList, PlanVerdict } from '../decisions';
import { useAnnounceRun } from '../runs/useAnnounceRun';
import styles from './operations.module.css';

/** Something that is to be done with what serves somewhere. */
export interface OperationRequest {
  operation: ServiceOperation;
  service: string;
  environment: Environment;
  /** How many processes there are. */
  replicas: number;
}

const ASKS: Record<
  ServiceOperation,
  { title: string; confirm: string; says: string }
> = {
  scale: {
    title: 'Scale',
    confirm: 'Scale',
    says: 'Requests are shared among the replicas. None fails while they come and go, and later releases have as many.',
  },
  restart: {
    title: 'Restart',
    confirm: 'Restart',
    says: 'Each process is replaced once a new one is ready, so that no request fails.',
  },
  stop: {
    title: 'Stop',
    confirm: 'Stop',
    says: 'Whoever asks for it is told that it is stopped. Its resources and their data stay, and Start brings it back.',
  },
  start: {
    title: 'Start',
    confirm: 'Start',
    says: 'The release that served before serves again.',
  },
};

/** Says what would be done, and what the rules say to it; starts it once that is confirmed. */
export function OperationDialog(props: {
  request: OperationRequest;
  onStarted(): void;
  onClose(): void;
}) {
  const { request, onStarted, onClose } = props;
  const { operation, service, environment } = request;
  const platformApi = useApi(platformApiRef);
  const announce = useAnnounceRun();
  const [replicas, setReplicas] = useState(request.replicas);
  const [reason, setReason] = useState('');
  const isScale = operation === 'scale';
  const isSame = isScale && replicas === request.replicas;
  const kind = OPERATION_RUN_KINDS[operation];
  const place = { service, environment: environment.name };
  const input = { ...place, ...(isScale && { replicas }) };
  const plan = useLive({
    key: JSON.stringify(input),
    matches: signal => 'service' in signal && signal.service === service,
    query: async options =>
      isSame ? undefined : platformApi.planRun({ kind, input }, options),
  });
  const effect = plan.data?.decision.effect;
  const { title, confirm, says } = ASKS[operation];

  const start = async () => {
    const because = reason.trim();
    announce(
      await platformApi.startRun({
        kind,
        input: { ...input, ...(because && { reason: because }) },
      }),
    );
    onStarted();
  };

  return (
    <ConfirmDialog
      title={`${title} ${service} in ${environment.title}?`}
      confirmLabel={effect === 'needs-approval' ? 'Ask for approval' : confirm}
      destructive={operation === 'stop'}
      isRefused={isSame || effect === undefined || effect === 'deny'}
      onConfirm={start}
      onClose={onClose}
    >
      <div className={styles.dialog}>
        <Text as="p" variant="body-small" color="secondary">
          {says}
        </Text>
        {isScale && (
          <NumberField
            label="Replicas"
            description={`${request.replicas} now; ${environment.title} takes 1 to ${environment.replicas.maximum}.`}
            minValue={1}
            maxValue={environment.replicas.maximum}
            value={replicas}
            onChange={setReplicas}
          />
        )}
        {operation === 'stop' && (
          <TextField
            label="Reason"
            description="Shown to whoever asks for it. You may leave it out."
            maxLength={200}
            value={reason}
            onChange={setReason}
          />
        )}
        {plan.loading ? (
          <div role="status" aria-label="Asking the rules">
            <Skeleton width="100%" height={52} />
          </div>
        ) : (
          <LiveView live={plan} what="what it would do">
            {data =>
              data && (
                <>
                  <ChangeList changes={data.changes} />
                  <PlanVerdict plan={data} />
                </>
              )
            }
          </LiveView>
        )}
      </div>
    </ConfirmDialog>
  );
}
