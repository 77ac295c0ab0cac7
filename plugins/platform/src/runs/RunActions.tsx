import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  RiArrowGoBackLine,
  RiCloseLine,
  RiPlayLine,
  RiRestartLine,
} from '@remixicon/react';
import type { Run } from '@slipway/plugin-platform-common';
import { useState, type ReactElement } from 'react';
import {
  explain,
  platformApiRef,
  useAction,
  useSelf,
} from '@slipway/plugin-platform-react';
import { actionsFor, type RunAction } from './actionsFor';
import { RunDialog } from './RunDialog';

const BUTTONS: Record<RunAction, { label: string; icon?: ReactElement }> = {
  start: { label: 'Start', icon: <RiPlayLine /> },
  cancel: { label: 'Cancel', icon: <RiCloseLine /> },
  retry: { label: 'Retry', icon: <RiRestartLine /> },
  undo: { label: 'Undo', icon: <RiArrowGoBackLine /> },
  'give-up': { label: 'Give up' },
};

/** What the owning team can do with a run as it stands. What stops something or can't be taken back asks first. */
export function RunActions(props: {
  run: Run;
  /** Called when a run that had ended goes on, or has changed after its end. */
  onChanged(): void;
}) {
  const { run, onChanged } = props;
  const platformApi = useApi(platformApiRef);
  const toastApi = useApi(toastApiRef);
  const self = useSelf();
  const [asking, setAsking] = useState<RunAction>();

  const perform = async (action: RunAction) => {
    const calls = {
      start: 'startPlannedRun',
      cancel: 'cancelRun',
      retry: 'retryRun',
      undo: 'undoRun',
      'give-up': 'giveUpRun',
    } as const;
    await platformApi[calls[action]](run.id);
    onChanged();
  };

  const go = useAction(async (action: 'start' | 'retry') => {
    try {
      await perform(action);
    } catch (error) {
      toastApi.post({
        title: `Can't ${action} ${run.title}`,
        description: explain(error as Error),
        status: 'danger',
      });
    }
  });

  if (!self?.ownershipEntityRefs.includes(run.owner)) {
    return undefined;
  }
  return (
    <>
      {actionsFor(run).map(action =>
        action === 'start' || action === 'retry' ? (
          <Button
            key={action}
            variant="primary"
            iconStart={BUTTONS[action].icon}
            loading={go.isPending}
            onPress={() => go.start(action)}
          >
            {action === 'retry' && run.phase === 'undo'
              ? 'Go on undoing'
              : BUTTONS[action].label}
          </Button>
        ) : (
          <Button
            key={action}
            variant="secondary"
            iconStart={BUTTONS[action].icon}
            onPress={() => setAsking(action)}
          >
            {BUTTONS[action].label}
          </Button>
        ),
      )}
      {asking && (
        <RunDialog
          run={run}
          action={asking}
          onConfirm={() => perform(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
