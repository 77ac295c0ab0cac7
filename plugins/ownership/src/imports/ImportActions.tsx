import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Import } from '@slipway/plugin-ownership-common';
import { ConfirmDialog } from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { ownershipApiRef } from '../api';

/** Lets what was checked be written, or what was written be taken away. */
export function ImportActions(props: { of: Import; onChanged(): void }) {
  const { id, state, counts } = props.of;
  const ownershipApi = useApi(ownershipApiRef);
  const [asked, setAsked] = useState<'apply' | 'remove'>();
  const written = counts.new + counts.changed;
  const entities = (count: number) =>
    `${count.toLocaleString()} ${count === 1 ? 'entity' : 'entities'}`;
  const close = () => setAsked(undefined);
  const run = async (action: Promise<Import>) => {
    await action;
    props.onChanged();
  };
  return (
    <>
      {state === 'checked' && written > 0 && (
        <Button variant="primary" onPress={() => setAsked('apply')}>
          Write {entities(written)}
        </Button>
      )}
      {state === 'done' && counts.new > 0 && (
        <Button variant="secondary" onPress={() => setAsked('remove')}>
          Remove again
        </Button>
      )}
      {asked === 'apply' && (
        <ConfirmDialog
          title={`Write ${entities(written)}?`}
          confirmLabel="Write"
          onConfirm={() => run(ownershipApi.applyImport(id))}
          onClose={close}
        >
          They join the catalog.{' '}
          {counts.error > 0 &&
            `${counts.error.toLocaleString()} can’t be used and are left out. `}
          {counts.gaps > 0 &&
            'What is missing becomes work items of their owners. '}
        </ConfirmDialog>
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title="Remove what came with it?"
          confirmLabel="Remove"
          destructive
          onConfirm={() => run(ownershipApi.removeImport(id))}
          onClose={close}
        >
          Up to {entities(counts.new)} leave the catalog. What it changed of
          others stays as it is.
        </ConfirmDialog>
      )}
    </>
  );
}
