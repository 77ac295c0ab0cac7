import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Text, TextAreaField } from '@backstage/ui';
import type { RotationDetail, Shift } from '@slipway/plugin-ownership-common';
import {
  ConfirmDialog,
  LiveView,
  useLive,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { ownershipApiRef } from '../api';
import { onOwnership } from '../parts';

/** Lets somebody of the team take over a shift. */
export function SwapDialog(props: {
  rotation: RotationDetail;
  shift: Exclude<Shift, { kind: 'gap' }>;
  onSwapped(): void;
  onClose(): void;
}) {
  const { rotation, shift, onSwapped, onClose } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const [to, setTo] = useState<string>();
  const [why, setWhy] = useState('');
  const live = useLive({
    key: rotation.team,
    ...onOwnership,
    query: options => ownershipApi.getTeam(rotation.team, options),
  });
  const who = rotation.people[shift.person] ?? shift.person;
  return (
    <ConfirmDialog
      title={`Who takes over from ${who}?`}
      confirmLabel="Swap"
      isRefused={to === undefined}
      onClose={onClose}
      onConfirm={async () => {
        if (to) {
          await ownershipApi.swapShift(rotation.name, {
            since: shift.since,
            to,
            ...(why.trim() && { why: why.trim() }),
          });
          onSwapped();
        }
      }}
    >
      <Text as="p">
        They are on call for the whole shift, or for what is left of it, and are
        told.
      </Text>
      <LiveView live={live} what="the team">
        {({ people }) => (
          <Select
            label="Colleague"
            isRequired
            options={people
              .filter(({ person }) => person !== shift.person)
              .map(({ person, title }) => ({ value: person, label: title }))}
            selectedKey={to ?? null}
            onSelectionChange={chosen => setTo(String(chosen))}
          />
        )}
      </LiveView>
      <TextAreaField
        label="Why"
        rows={2}
        maxLength={500}
        value={why}
        onChange={setWhy}
      />
    </ConfirmDialog>
  );
}
