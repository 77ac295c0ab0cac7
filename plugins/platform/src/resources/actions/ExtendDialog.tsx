import { Select, Text } from '@backstage/ui';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { TimeLeft } from '../../components';
import { formatDuration } from '../../format';
import { PlanDialog, type ActionDialogProps } from './PlanDialog';
import { useOffers } from './useOffers';

const DAY_MS = 24 * 3_600_000;
const DAYS = [1, 3, 7, 14, 30, 90, 365];

/** Asks how much longer a resource shall live, within what its definition allows. */
export function ExtendDialog(props: ActionDialogProps) {
  const { id, name, expiresAt } = props.resource;
  const { isKnown, current } = useOffers(props.resource);
  const [now] = useState(() => Date.now());
  const [chosen, setChosen] = useState<number>();
  const { defaultMs = 7 * DAY_MS, maximumMs = Infinity } =
    current?.timeToLive ?? {};
  const lengths = DAYS.map(days => days * DAY_MS)
    .concat(defaultMs, maximumMs)
    .filter(length => Number.isFinite(length) && length <= maximumMs)
    .sort((a, b) => a - b);
  const length = chosen ?? defaultMs;
  const request = {
    kind: RESOURCE_RUN_KINDS.extend,
    input: { resourceId: id, until: new Date(now + length).toISOString() },
  };
  return (
    <PlanDialog
      {...props}
      title={`Extend ${name}?`}
      confirmLabel="Extend"
      request={isKnown ? request : undefined}
    >
      {expiresAt && (
        <Text as="p" variant="body-medium">
          It expires <TimeLeft until={expiresAt} />, and is destroyed then.
        </Text>
      )}
      <Select
        label="Keep it for, from now"
        options={[...new Set(lengths)].map(each => ({
          value: String(each),
          label: formatDuration(each),
        }))}
        selectedKey={String(length)}
        onSelectionChange={key => setChosen(Number(key))}
      />
    </PlanDialog>
  );
}
