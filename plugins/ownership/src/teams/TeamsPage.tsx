import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { TeamSummary } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  FilterBar,
  LiveView,
  Panel,
  SearchBox,
  useChoices,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { onOwnership, OwnershipFrame, TeamLink } from '../parts';
import styles from './teams.module.css';

/** All teams, with how much each has. */
export function TeamsPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const { choices, choose, clear } = useChoices<{ q?: string }>();
  const { q } = choices;
  const live = useLive({
    key: q ?? '',
    ...onOwnership,
    query: options => ownershipApi.listTeams(q, options),
  });
  return (
    <OwnershipFrame subtitle="Who is in which team, and what it answers for">
      <FilterBar label="Which teams" filters={[]} onChoose={() => undefined}>
        <SearchBox
          label="Team"
          value={q ?? ''}
          onSearch={text => choose({ q: text || undefined })}
        />
      </FilterBar>
      <Panel title="Teams">
        <LiveView live={live} what="the teams">
          {teams =>
            teams.length > 0 ? (
              <TeamTable teams={teams} />
            ) : (
              <EmptyNotice title={q ? 'No team matches' : 'No teams yet'}>
                {q ? (
                  <Button variant="secondary" size="small" onPress={clear}>
                    Show all
                  </Button>
                ) : (
                  'Groups of the catalog show up here.'
                )}
              </EmptyNotice>
            )
          }
        </LiveView>
      </Panel>
    </OwnershipFrame>
  );
}

function TeamTable({ teams }: { teams: TeamSummary[] }) {
  return (
    <DataTable columns={['Team', 'Part of', 'People', 'Owns', 'Work items']}>
      {teams.map(({ team, title, description, parent, ...counts }) => (
        <tr key={team}>
          <th scope="row" data-wide="">
            <TeamLink team={team} title={title} />
            <span className={styles.below}>{description}</span>
          </th>
          <td data-label="Part of">{parent && <TeamLink team={parent} />}</td>
          <td data-label="People">{counts.people}</td>
          <td data-label="Owns">{counts.entities}</td>
          <td data-label="Work items">{counts.findings}</td>
        </tr>
      ))}
    </DataTable>
  );
}
