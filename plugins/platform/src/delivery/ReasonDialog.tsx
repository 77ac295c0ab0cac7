import { TextAreaField } from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '@slipway/plugin-platform-react';

/** Asks for a reason before something is done that others want to understand later. */
export function ReasonDialog(props: {
  title: string;
  confirmLabel: string;
  destructive?: boolean;
  /** What will change. */
  children: ReactNode;
  onConfirm(reason: string): Promise<void>;
  onClose(): void;
}) {
  const { children, onConfirm, ...dialog } = props;
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ConfirmDialog
      {...dialog}
      isRefused={given === ''}
      onConfirm={() => onConfirm(given)}
    >
      {children}
      <TextAreaField
        label="Reason"
        rows={2}
        maxLength={500}
        isRequired
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
