import type { EntityOwnership } from '@slipway/plugin-ownership-common';
import { DataTable, StateBadge } from '@slipway/plugin-platform-react';
import { Sentences, SOURCE_WORDS, TeamLink } from '../parts';

/** Every source that names an owner, the one that counts first. */
export function CandidateTable({ ownership }: { ownership: EntityOwnership }) {
  const { candidates, source } = ownership;
  return (
    <DataTable columns={['Source', 'Owner', 'Evidence', 'Counts']}>
      {candidates.map(candidate => (
        <tr key={candidate.source}>
          <th scope="row">{SOURCE_WORDS[candidate.source]}</th>
          <td data-label="Owner">
            <TeamLink team={candidate.owner} />
          </td>
          <td data-wide="">
            <Sentences text={candidate.evidence} />
          </td>
          <td>
            {candidate.source === source && (
              <StateBadge state="good" label="yes" />
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
