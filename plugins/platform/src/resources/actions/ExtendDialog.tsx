import { Select, Text } from '@backstage/ui';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { formatDuration, TimeLeft } from '@slipway/plugin-platform-react';
import { endOf, livesFrom } from './livesFrom';
import { PlanDialog, type ActionDialogProps } from './PlanDialog';
import { useOffers } from './useOffers';

/** Asks how much longer a resource shall live, within what its definition allows. */
export function ExtendDialog(props: ActionDialogProps) {
  const { id, name, expiresAt } = props.resource;
  const { isKnown, current } = useOffers(props.resource);
  const [now] = useState(() => Date.now());
  const [chosen, setChosen] = useState<number>();
  const { lengths, proposed } = livesFrom(
    now,
    props.resource,
    current?.timeToLive,
  );
  const length = chosen ?? proposed;
  const request =
    isKnown && length !== undefined
      ? {
          kind: RESOURCE_RUN_KINDS.extend,
          input: { resourceId: id, until: endOf(now, length) },
        }
      : undefined;
  return (
    <PlanDialog
      {...props}
      title={`Extend ${name}?`}
      confirmLabel="Extend"
      request={request}
    >
      {expiresAt && (
        <Text as="p" variant="body-medium">
          It expires <TimeLeft until={expiresAt} />, and is destroyed then.
        </Text>
      )}
      {lengths.length > 0 ? (
        <Select
          label="Keep it for, from now"
          options={lengths.map(each => ({
            value: String(each),
            label: formatDuration(each),
          }))}
          selectedKey={String(length)}
          onSelectionChange={key => setChosen(Number(key))}
        />
      ) : (
        <Text as="p" variant="body-medium">
          That is as late as its definition allows now. It can be extended again
          later.
        </Text>
      )}
    </PlanDialog>
  );
}
