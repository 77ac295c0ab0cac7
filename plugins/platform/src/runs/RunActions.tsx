import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { RiCloseLine, RiRestartLine } from '@remixicon/react';
import { isFinalRunState, type Run } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { platformApiRef } from '../api';
import { ConfirmDialog } from '../components';
import { useAction } from '../live';

/** What can be done with a run: stop it while it goes, go on with it when it failed. */
export function RunActions(props: {
  run: Run;
  /** Called when a run that had ended goes on. */
  onResumed(): void;
}) {
  const { run, onResumed } = props;
  const platformApi = useApi(platformApiRef);
  const toastApi = useApi(toastApiRef);
  const [confirming, setConfirming] = useState(false);

  const retry = useAction(async () => {
    try {
      await platformApi.retryRun(run.id);
      onResumed();
    } catch (error) {
      toastApi.post({
        title: `Can't retry ${run.title}`,
        description: error instanceof Error ? error.message : String(error),
        status: 'danger',
      });
    }
  });

  const mayCancel = !isFinalRunState(run.state) && run.state !== 'cancelling';
  const mayRetry = run.state === 'failed';
  return (
    <>
      {mayCancel && (
        <Button
          variant="secondary"
          iconStart={<RiCloseLine />}
          onPress={() => setConfirming(true)}
        >
          Cancel
        </Button>
      )}
      {mayRetry && (
        <Button
          variant="primary"
          iconStart={<RiRestartLine />}
          loading={retry.isPending}
          onPress={() => retry.start()}
        >
          Retry
        </Button>
      )}
      {confirming && (
        <ConfirmDialog
          title={`Cancel ${run.title}?`}
          confirmLabel="Cancel the run"
          dismissLabel="Let it go on"
          destructive
          onClose={() => setConfirming(false)}
          onConfirm={async () => {
            await platformApi.cancelRun(run.id);
          }}
        >
          <Text as="p" variant="body-medium">
            It stops at the next safe point. What it has done so far stays.
          </Text>
        </ConfirmDialog>
      )}
    </>
  );
}
