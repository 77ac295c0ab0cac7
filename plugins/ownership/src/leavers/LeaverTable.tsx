import type { Leaver } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  InlineLink,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { useOwnershipLinks } from '../links';
import { TeamLink } from '../parts';
import { LEAVER_WORDS } from './leaverStates';
import styles from './leavers.module.css';

/** Who left, from where, and what of theirs is for others now. */
export function LeaverTable({ leavers }: { leavers: Leaver[] }) {
  const links = useOwnershipLinks();
  return (
    <DataTable columns={['Who', 'Teams', 'State', 'What changed']}>
      {leavers.map(leaver => (
        <tr key={leaver.id}>
          <th scope="row" data-wide="">
            {leaver.title}
            <span className={styles.below}>
              <TimeAgo at={leaver.leftAt} />
            </span>
          </th>
          <td data-label="Teams">
            <span className={styles.teams}>
              {leaver.teams.map(team => (
                <TeamLink key={team} team={team} />
              ))}
            </span>
          </td>
          <td>
            <StateBadge state={leaver.state} {...LEAVER_WORDS[leaver.state]} />
          </td>
          <td data-wide="">
            <ul className={styles.touched}>
              {leaver.touched.map(sentence => (
                <li key={sentence}>{sentence}</li>
              ))}
              {leaver.state === 'done' &&
                leaver.teams.map(team => (
                  <li key={team}>
                    <InlineLink href={links.workItems({ who: team })}>
                      Work items of {team.slice(team.indexOf('/') + 1)}
                    </InlineLink>
                  </li>
                ))}
            </ul>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
