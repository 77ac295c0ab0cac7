import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Select, Text, TextAreaField } from '@backstage/ui';
import type { Finding } from '@slipway/plugin-ownership-common';
import { ConfirmDialog } from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { ownershipApiRef } from '../api';

const DAY_MS = 24 * 60 * 60_000;
const LENGTHS = [
  { value: '7', label: 'a week' },
  { value: '30', label: 'a month' },
  { value: '90', label: 'three months' },
];

/** Puts a finding aside for a while, with a reason. */
export function SnoozeDialog(props: {
  finding: Finding;
  onSnoozed(): void;
  onClose(): void;
}) {
  const { finding, onSnoozed, onClose } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const [days, setDays] = useState('7');
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ConfirmDialog
      title={`Snooze ${finding.entityTitle}`}
      confirmLabel="Snooze"
      isRefused={given === ''}
      onClose={onClose}
      onConfirm={async () => {
        await ownershipApi.snoozeFinding({
          id: finding.id,
          until: new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
          reason: given,
        });
        onSnoozed();
      }}
    >
      <Flex direction="column" gap="4">
        <Text as="p">
          It comes back by itself. Whoever looks at it meanwhile sees the
          reason.
        </Text>
        <Select
          label="For"
          options={LENGTHS}
          selectedKey={days}
          onSelectionChange={chosen => setDays(String(chosen))}
        />
        <TextAreaField
          label="Why it can wait"
          rows={2}
          maxLength={500}
          isRequired
          value={reason}
          onChange={setReason}
        />
      </Flex>
    </ConfirmDialog>
  );
}
