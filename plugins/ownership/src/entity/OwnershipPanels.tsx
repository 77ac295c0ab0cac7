import { Alert, ButtonLink } from '@backstage/ui';
import type { EntityOwnership } from '@slipway/plugin-ownership-common';
import { EmptyNotice, InlineLink, Panel } from '@slipway/plugin-platform-react';
import { FindingTable } from '../findings';
import { useOwnershipLinks } from '../links';
import { DutyList } from '../onCall';
import { Sentences } from '../parts';
import { CandidateTable } from './CandidateTable';
import { Owner } from './Owner';
import { RoleList } from './RoleList';
import styles from './entity.module.css';

/** Everything about who owns an entity. */
export function OwnershipPanels(props: {
  ownership: EntityOwnership;
  onChanged(): void;
}) {
  const { ownership, onChanged } = props;
  const { problems, findings, onCall, links: pages } = ownership;
  const links = useOwnershipLinks();
  return (
    <>
      <TransferNotice transferId={ownership.transferId} />
      <div className={styles.columns}>
        <Panel
          title="Owner"
          aside={
            ownership.goneAt === undefined && (
              <ButtonLink
                size="small"
                variant="secondary"
                href={links.newTransfer({ entity: ownership.entityRef })}
              >
                Offer to another team
              </ButtonLink>
            )
          }
        >
          <Owner ownership={ownership} />
        </Panel>
        <Panel title="On call">
          <DutyList duties={onCall ? [onCall] : []} />
          {pages.length > 0 && (
            <ul className={styles.links}>
              {pages.map(({ title, url }) => (
                <li key={title}>
                  <InlineLink href={url}>{title}</InlineLink>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
      <Panel title="Roles">
        <RoleList roles={ownership.roles} />
      </Panel>
      {findings.length > 0 && (
        <Panel title="Work items">
          <FindingTable findings={findings} onChanged={onChanged} />
        </Panel>
      )}
      <Panel title="Where that is known from">
        {problems.length > 0 && (
          <ul className={styles.problems}>
            {problems.map(({ message }) => (
              <li key={message}>
                <Sentences text={message} />
              </li>
            ))}
          </ul>
        )}
        {ownership.candidates.length === 0 ? (
          <EmptyNotice title="No source names an owner">
            Write <code>spec.owner</code> into its entity file, or offer it to a
            team.
          </EmptyNotice>
        ) : (
          <CandidateTable ownership={ownership} />
        )}
      </Panel>
    </>
  );
}

function TransferNotice({ transferId }: { transferId?: string }) {
  const links = useOwnershipLinks();
  return transferId === undefined ? null : (
    <Alert
      status="info"
      icon
      title="This is part of a transfer"
      description={
        <InlineLink href={links.transfer(transferId)}>
          See how far it is
        </InlineLink>
      }
    />
  );
}
