import { Text } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '@slipway/plugin-platform-react';
import { RemainsList } from '../decisions';
import { stepsToUndo, type RunAction } from './actionsFor';

/** Says what cancelling, undoing or giving up a run means for what is there, and asks. */
export function RunDialog(props: {
  run: Run;
  action: RunAction;
  onConfirm(): Promise<void>;
  onClose(): void;
}) {
  const { run, action, onConfirm, onClose } = props;
  const common = { destructive: true, onConfirm, onClose };
  const removes = run.remains.length > 0;
  if (action === 'undo') {
    return (
      <ConfirmDialog
        {...common}
        title={`Undo ${run.title}?`}
        confirmLabel={removes ? 'Remove all of this' : 'Undo'}
      >
        <Words>
          This takes back what the run did, the last step first:{' '}
          {stepsToUndo(run)
            .map(({ title: step }) => step)
            .join(', ')}
          .{removes && ' It removes:'}
        </Words>
        {removes && <RemainsList remains={run.remains} />}
        <Words>Once it has begun, undoing can't be stopped.</Words>
      </ConfirmDialog>
    );
  }
  if (action === 'give-up') {
    return (
      <ConfirmDialog
        {...common}
        title={`Give up ${run.title}?`}
        confirmLabel="Give up"
      >
        <Words>
          {removes
            ? 'Nobody can retry or undo this run afterwards. What stays behind:'
            : 'Nobody can retry or undo this run afterwards. It leaves nothing behind.'}
        </Words>
        {removes && <RemainsList remains={run.remains} />}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      {...common}
      title={`Cancel ${run.title}?`}
      confirmLabel="Cancel the run"
      dismissLabel="Let it go on"
    >
      <Words>{cancelling(run)}</Words>
    </ConfirmDialog>
  );
}

function cancelling({ phase, startedAt, remains }: Run): string {
  if (phase === 'undo') {
    return 'Undoing has not begun: nothing is taken back, and what is there stays.';
  }
  if (!startedAt) {
    return 'It has not begun, so there is nothing to take back.';
  }
  return remains.length > 0
    ? 'It stops at the next safe point. What it has made so far stays, and can be undone afterwards.'
    : 'It stops at the next safe point. What it has done so far stays.';
}

function Words({ children }: { children: ReactNode }) {
  return (
    <Text as="p" variant="body-medium">
      {children}
    </Text>
  );
}
