import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { ReactNode } from 'react';
import { useAction } from '../live';
import { ErrorNotice } from './ErrorNotice';

/** Asks before something is done, says what will change, and stays open with the reason when it is refused. */
export function ConfirmDialog(props: {
  title: string;
  /** What will change. */
  children: ReactNode;
  confirmLabel: string;
  /** What the button says that changes nothing. */
  dismissLabel?: string;
  destructive?: boolean;
  /** Whether it can't be done, for a reason that stands in the dialog. */
  isRefused?: boolean;
  /** Where a table needs more room than a sentence, in pixels. */
  width?: number;
  onConfirm(): Promise<void>;
  onClose(): void;
}) {
  const { title, children, confirmLabel, destructive, onConfirm, onClose } =
    props;
  const { width = 480 } = props;
  const action = useAction(onConfirm);

  const confirm = async () => {
    if (await action.start()) {
      onClose();
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={`min(${width}px, 92vw)`}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        {children}
        {action.error && (
          <ErrorNotice title="That didn't work" error={action.error} />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {props.dismissLabel ?? 'Keep as it is'}
        </Button>
        <Button
          variant="primary"
          destructive={destructive}
          loading={action.isPending}
          isDisabled={props.isRefused}
          onPress={confirm}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
