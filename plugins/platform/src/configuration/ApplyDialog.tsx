import { useApi } from '@backstage/frontend-plugin-api';
import { Text, TextAreaField } from '@backstage/ui';
import type {
  Configuration,
  Environment,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { ConfirmDialog, platformApiRef } from '@slipway/plugin-platform-react';
import { useAnnounceRun } from '../runs/useAnnounceRun';
import { type Draft, entriesOf, requestOf } from './draft';

/** Says what would change, and starts the run that brings it to what serves. */
export function ApplyDialog(props: {
  configuration: Configuration;
  environment: Environment;
  draft: Draft;
  onApplied(): void;
  onClose(): void;
}) {
  const { configuration, environment, draft, onApplied, onClose } = props;
  const { service } = configuration;
  const platformApi = useApi(platformApiRef);
  const announce = useAnnounceRun();
  const [reason, setReason] = useState('');
  const changed = entriesOf(configuration, draft).filter(
    ({ pending }) => pending,
  );
  return (
    <ConfirmDialog
      title={`Configure ${service} in ${environment.title}?`}
      confirmLabel={environment.protected ? 'Ask for approval' : 'Apply'}
      onConfirm={async () => {
        const run = await platformApi.configure({
          service,
          environment: environment.name,
          ...requestOf(configuration, draft),
          ...(reason.trim() && { reason: reason.trim() }),
        });
        announce(run);
        onApplied();
      }}
      onClose={onClose}
    >
      <ul>
        {changed.map(({ key, pending, isSecret }) => (
          <li key={key}>
            <code>{key}</code> {isSecret && '(secret) '}is {pending}
          </li>
        ))}
      </ul>
      <Text as="p" variant="body-small" color="secondary">
        What serves there is deployed once more with it. If it does worse, what
        served before takes over again.
        {environment.protected &&
          ` ${environment.title} is protected: a second person of the owning team has to agree.`}
      </Text>
      <TextAreaField
        label="Reason"
        secondaryLabel="optional"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
