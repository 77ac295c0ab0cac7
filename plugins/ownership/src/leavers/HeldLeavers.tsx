import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { Leaver } from '@slipway/plugin-ownership-common';
import { useState } from 'react';
import { ownershipApiRef } from '../api';

/** So many are gone at once that it may be a mistake: the platform team says whether they left. */
export function HeldLeavers(props: { leavers: Leaver[]; onConfirmed(): void }) {
  const { leavers, onConfirmed } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (leavers.length === 0) {
    return null;
  }
  const confirm = async () => {
    setBusy(true);
    try {
      await ownershipApi.confirmLeavers(leavers.map(({ id }) => id));
      setProblem(undefined);
      onConfirmed();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert
      status="warning"
      title={`${leavers.length} people are gone at once`}
      description={
        problem ??
        'Where the source of people failed, mend it: they come back by themselves. Nothing of theirs is taken back until the platform team says that they left.'
      }
      customActions={
        <Button
          variant="secondary"
          size="small"
          loading={isBusy}
          onPress={confirm}
        >
          They left
        </Button>
      }
    />
  );
}
