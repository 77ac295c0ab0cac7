import { useApi } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiMoreLine } from '@remixicon/react';
import type { Finding } from '@slipway/plugin-ownership-common';
import {
  ErrorNotice,
  useAction,
  useSelf,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { AssignDialog } from './AssignDialog';
import { SnoozeDialog } from './SnoozeDialog';
import styles from './findings.module.css';

/** What can be done about a finding that isn't closed. */
export function FindingActions(props: { finding: Finding; onChanged(): void }) {
  const { finding, onChanged } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const self = useSelf();
  const [dialog, setDialog] = useState<'assign' | 'snooze'>();
  const assign = useAction(async (assignee?: string) => {
    await ownershipApi.assignFinding(finding.id, assignee);
    onChanged();
  });
  const wake = useAction(async () => {
    await ownershipApi.wakeFinding(finding.id);
    onChanged();
  });
  const error = assign.error ?? wake.error;
  const isMine = self && finding.assignee === self.userEntityRef;

  if (finding.state === 'closed') {
    return null;
  }
  return (
    <div className={styles.actions}>
      {finding.kind === 'orphan' && (
        <ButtonLink
          size="small"
          variant="secondary"
          aria-label={`Offer ${finding.entityTitle}`}
          href={links.newTransfer({
            entity: finding.entityRef,
            ...(finding.suggestion && { to: finding.suggestion.owner }),
          })}
        >
          Offer
        </ButtonLink>
      )}
      <MenuTrigger>
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiMoreLine />}
          aria-label={`More for ${finding.entityTitle}`}
        />
        <Menu>
          {self && !isMine ? (
            <MenuItem onAction={() => assign.start(self.userEntityRef)}>
              Look after it
            </MenuItem>
          ) : null}
          <MenuItem onAction={() => setDialog('assign')}>
            Ask somebody to…
          </MenuItem>
          {finding.assignee ? (
            <MenuItem onAction={() => assign.start(undefined)}>
              Let go of it
            </MenuItem>
          ) : null}
          {finding.state === 'snoozed' ? (
            <MenuItem onAction={() => wake.start()}>Wake</MenuItem>
          ) : (
            <MenuItem onAction={() => setDialog('snooze')}>Snooze…</MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {error && <ErrorNotice title="That didn't work" error={error} />}
      {dialog === 'snooze' && (
        <SnoozeDialog
          finding={finding}
          onSnoozed={onChanged}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'assign' && (
        <AssignDialog
          finding={finding}
          onAssigned={onChanged}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}
