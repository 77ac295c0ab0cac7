import { useApi } from '@backstage/frontend-plugin-api';
import {
  type Import,
  type ImportRow,
  ROW_OUTCOMES,
} from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  EntityLink,
  FilterBar,
  LiveView,
  Panel,
  PersonName,
  ShowMore,
  StateBadge,
  useChoices,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { onOwnership, Sentences, TeamLink } from '../parts';
import { OUTCOME_WORDS } from './importStates';
import styles from './imports.module.css';

const PAGE_SIZE = 50;

/** The rows of an import: first those that somebody has to look at. */
export function ImportRows(props: { of: Import }) {
  const { id: importId, counts, state } = props.of;
  const ownershipApi = useApi(ownershipApiRef);
  const { choices, choose } = useChoices<{ outcome?: string }>();
  const outcome = ROW_OUTCOMES.find(one => one === choices.outcome);
  const live = usePages({
    key: JSON.stringify({ importId, outcome, counts }),
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listImportRows(
        importId,
        { outcome, cursor, limit: PAGE_SIZE },
        options,
      ),
  });
  return (
    <>
      <FilterBar
        label="Which rows"
        filters={[
          {
            name: 'outcome',
            label: 'Rows',
            value: outcome ?? 'all',
            options: [
              { value: 'all', label: 'With problems or gaps' },
              ...ROW_OUTCOMES.map(value => ({
                value,
                label: OUTCOME_WORDS[value].label,
              })),
            ],
          },
        ]}
        onChoose={(name, value) =>
          choose({ [name]: value === 'all' ? undefined : value })
        }
      />
      <Panel title="By line">
        <LiveView live={live} what="the rows">
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <EmptyNotice
                title={
                  outcome ? 'No row is so' : 'Nothing is wrong, or missing'
                }
              />
            ) : (
              <>
                <DataTable columns={['Line', 'What', 'Owner', 'State', 'Why']}>
                  {items.map(row => (
                    <tr key={row.line}>
                      <td data-label="Line">{row.line}</td>
                      <th scope="row" data-wide="">
                        <Subject row={row} isThere={state === 'done'} />
                      </th>
                      <td data-label="Owner">
                        {row.owner && <TeamLink team={row.owner} />}
                      </td>
                      <td>
                        <StateBadge
                          state={row.outcome}
                          {...OUTCOME_WORDS[row.outcome]}
                        />
                      </td>
                      <td data-wide="" className={styles.why}>
                        <Sentences
                          text={[...row.problems, ...row.gaps].join(' ')}
                        />
                      </td>
                    </tr>
                  ))}
                </DataTable>
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </>
  );
}

/** What a row is about; a link once the catalog has it. */
function Subject({ row, isThere }: { row: ImportRow; isThere: boolean }) {
  const { entityRef, outcome } = row;
  if (!entityRef) {
    return 'unknown';
  }
  return isThere || outcome === 'same' || outcome === 'changed' ? (
    <EntityLink entityRef={entityRef} />
  ) : (
    <PersonName entityRef={entityRef} />
  );
}
