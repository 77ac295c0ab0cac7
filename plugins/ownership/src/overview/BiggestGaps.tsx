import { FINDING_KINDS, type TeamGap } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  InlineLink,
  Panel,
} from '@slipway/plugin-platform-react';
import { useOwnershipLinks } from '../links';
import { FINDING_WORDS, TeamLink } from '../parts';
import styles from './overview.module.css';

/** The teams with the most findings. */
export function BiggestGaps({ gaps }: { gaps: TeamGap[] }) {
  const links = useOwnershipLinks();
  return (
    <Panel title="Biggest gaps">
      {gaps.length === 0 ? (
        <EmptyNotice title="No team has a gap" />
      ) : (
        <DataTable
          columns={[
            'Team',
            'Owns',
            ...FINDING_KINDS.map(kind => FINDING_WORDS[kind].label),
          ]}
        >
          {gaps.map(({ team, title, entities, findings }) => (
            <tr key={team ?? ''}>
              <th scope="row" data-wide="">
                {team ? <TeamLink team={team} title={title} /> : title}
              </th>
              <td data-label="Owns">{entities}</td>
              {FINDING_KINDS.map(kind => (
                <td key={kind} data-label={FINDING_WORDS[kind].label}>
                  {findings[kind] === 0 ? (
                    <span className={styles.quiet}>0</span>
                  ) : (
                    <InlineLink
                      href={links.workItems({ kind, who: team ?? 'none' })}
                    >
                      {findings[kind]}
                    </InlineLink>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </DataTable>
      )}
    </Panel>
  );
}
