import { VisuallyHidden } from '@backstage/ui';
import type { Finding } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EntityLink,
  formatDay,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { FindingBadge, Sentences, TeamLink } from '../parts';
import { FindingActions } from './FindingActions';
import styles from './findings.module.css';

/** Work items: what is wrong with the owner of something, who may own it instead, and what can be done. */
export function FindingTable(props: {
  findings: Finding[];
  onChanged(): void;
}) {
  const { findings, onChanged } = props;
  return (
    <DataTable
      columns={[
        'What',
        'Why',
        'Suggested',
        'Evidence',
        <VisuallyHidden key="actions">Actions</VisuallyHidden>,
      ]}
    >
      {findings.map(finding => (
        <tr key={finding.id}>
          <th scope="row" data-wide="">
            <EntityLink entityRef={finding.entityRef}>
              {finding.entityTitle}
            </EntityLink>
            <span className={styles.below}>
              {finding.owner && (
                <>
                  of <TeamLink team={finding.owner} />,{' '}
                </>
              )}
              since <TimeAgo at={finding.openedAt} />
            </span>
          </th>
          <td>
            <FindingBadge kind={finding.kind} />
          </td>
          <td data-label="Suggested">
            {finding.suggestion && (
              <span title={finding.suggestion.reason}>
                <TeamLink team={finding.suggestion.owner} />
              </span>
            )}
          </td>
          <td data-wide="">
            <span className={styles.evidence}>
              <Sentences
                text={[
                  ...finding.evidence,
                  ...(finding.suggestion ? [finding.suggestion.reason] : []),
                ].join(' ')}
              />
            </span>
            <Progress finding={finding} />
          </td>
          <td>
            <FindingActions finding={finding} onChanged={onChanged} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** Who looks after it, how long it waits, or why it is closed. */
function Progress({ finding }: { finding: Finding }) {
  const { assignee, snoozedUntil, snoozeReason, closedBecause } = finding;
  return (
    <>
      {assignee && (
        <span className={styles.below}>
          Looked after by <EntityLink entityRef={assignee} />
        </span>
      )}
      {snoozedUntil && (
        <span className={styles.below}>
          Snoozed until {formatDay(snoozedUntil)}: {snoozeReason}
        </span>
      )}
      {closedBecause && (
        <span className={styles.below}>Closed: {closedBecause}</span>
      )}
    </>
  );
}
