import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { Leaver } from '@slipway/plugin-ownership-common';
import { useAction } from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';

/** So many are gone at once that it may be a mistake: the platform team says whether they left. */
export function HeldLeavers(props: { leavers: Leaver[]; onConfirmed(): void }) {
  const { leavers, onConfirmed } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const confirming = useAction(async () => {
    await ownershipApi.confirmLeavers(leavers.map(({ id }) => id));
    onConfirmed();
  });
  if (leavers.length === 0) {
    return null;
  }
  return (
    <Alert
      status="warning"
      title={`${leavers.length} people are gone at once`}
      description={
        confirming.error?.message ??
        'Where the source of people failed, mend it: they come back by themselves. Nothing of theirs is taken back until the platform team says that they left.'
      }
      customActions={
        <Button
          variant="secondary"
          size="small"
          loading={confirming.isPending}
          onPress={() => confirming.start()}
        >
          They left
        </Button>
      }
    />
  );
}
