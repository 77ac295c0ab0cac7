import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text, TextAreaField } from '@backstage/ui';
import type { Transfer } from '@slipway/plugin-ownership-common';
import {
  ConfirmDialog,
  TimeLeft,
  useNow,
  useSelf,
} from '@slipway/plugin-platform-react';
import { type ReactNode, useState } from 'react';
import { ownershipApiRef } from '../api';
import { titleOf } from './titleOf';
import styles from './transfers.module.css';

type Act = 'accept' | 'decline' | 'withdraw' | 'undo';

const MINUTE_MS = 60_000;

/** What the reader can do about a transfer, by their teams and how far it is. */
export function TransferActions(props: {
  transfer: Transfer;
  onChanged(): void;
}) {
  const { transfer, onChanged } = props;
  const acts = useActs(transfer);
  const [chosen, setChosen] = useState<Act>();
  return (
    <div className={styles.actions}>
      {acts.map((act, index) => (
        <Button
          key={act}
          variant={index === 0 && act !== 'undo' ? 'primary' : 'secondary'}
          onPress={() => setChosen(act)}
        >
          {labelOf(act, transfer)}
        </Button>
      ))}
      {chosen && (
        <ActDialog
          act={chosen}
          transfer={transfer}
          onDone={onChanged}
          onClose={() => setChosen(undefined)}
        />
      )}
    </div>
  );
}

function useActs(transfer: Transfer): Act[] {
  const own = useSelf()?.ownershipEntityRefs ?? [];
  const now = useNow(MINUTE_MS);
  const receives = own.includes(transfer.to);
  const gives =
    own.includes(transfer.offeredBy) ||
    transfer.entities.some(({ from }) => from && own.includes(from));
  switch (transfer.state) {
    case 'offered':
      return [
        ...(receives ? (['accept', 'decline'] as const) : []),
        ...(gives ? (['withdraw'] as const) : []),
      ];
    case 'accepted':
      return [
        ...(receives && transfer.problem ? (['accept'] as const) : []),
        ...(gives ? (['withdraw'] as const) : []),
      ];
    case 'done':
      return (receives || gives) &&
        transfer.undoUntil &&
        now < Date.parse(transfer.undoUntil)
        ? ['undo']
        : [];
    default:
      return [];
  }
}

function labelOf(act: Act, transfer: Transfer): string {
  switch (act) {
    case 'accept':
      return transfer.state === 'accepted' ? 'Try again' : 'Accept';
    case 'decline':
      return 'Decline';
    case 'withdraw':
      return 'Withdraw';
    default:
      return 'Undo';
  }
}

function ActDialog(props: {
  act: Act;
  transfer: Transfer;
  onDone(): void;
  onClose(): void;
}) {
  const { act, transfer, onDone, onClose } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const { id } = transfer;
  const perform: Record<Act, () => Promise<Transfer>> = {
    accept: () => ownershipApi.acceptTransfer(id),
    decline: () => ownershipApi.declineTransfer(id, given),
    withdraw: () => ownershipApi.withdrawTransfer(id, given || undefined),
    undo: () => ownershipApi.undoTransfer(id),
  };
  return (
    <ConfirmDialog
      title={`${labelOf(act, transfer)}: ${titleOf(transfer)}`}
      confirmLabel={labelOf(act, transfer)}
      isRefused={act === 'decline' && given === ''}
      onClose={onClose}
      onConfirm={async () => {
        await perform[act]();
        onDone();
      }}
    >
      <Text as="p">{explanation(act, transfer)}</Text>
      {(act === 'decline' || act === 'withdraw') && (
        <TextAreaField
          label="Reason"
          rows={2}
          maxLength={500}
          isRequired={act === 'decline'}
          value={reason}
          onChange={setReason}
        />
      )}
    </ConfirmDialog>
  );
}

function explanation(act: Act, transfer: Transfer): ReactNode {
  switch (act) {
    case 'accept':
      return `${transfer.toTitle} answers for it from then on. Its entity file is changed by a merge request, and what the platform keeps by team moves along. It can be taken back for a week.`;
    case 'decline':
      return 'Nothing changes. Who offered it reads the reason.';
    case 'withdraw':
      return 'Nothing changes, and nobody has to answer any more.';
    default:
      return (
        <>
          Everything goes back to who owned it before.
          {transfer.undoUntil && (
            <>
              {' '}
              The last chance for that is{' '}
              <TimeLeft until={transfer.undoUntil} />.
            </>
          )}
        </>
      );
  }
}
