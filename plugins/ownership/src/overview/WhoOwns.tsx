import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  FINDING_KINDS,
  type FindingKind,
} from '@slipway/plugin-ownership-common';
import {
  type Choices,
  EmptyNotice,
  FilterBar,
  LiveView,
  Panel,
  SearchBox,
  ShowMore,
  useLive,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { EntityTable, FINDING_WORDS, onOwnership } from '../parts';

const PAGE_SIZE = 25;
const KINDS = ['Component', 'API', 'Resource', 'System', 'Domain'];

/** What stands in the address: what to look for. */
export interface EntityChoices {
  q?: string;
  kind?: string;
  finding?: string;
  owner?: string;
}

/** Finds who owns something: by a name, a kind, or what is wrong. */
export function WhoOwns(props: Choices<EntityChoices>) {
  const { choices, isChosen, choose, clear } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const { data: teams = [] } = useLive({
    key: 'teams',
    ...onOwnership,
    query: options => ownershipApi.listTeams(undefined, options),
  });
  return (
    <>
      <FilterBar
        label="What to look for"
        filters={[
          {
            name: 'owner',
            label: 'Owner',
            value: choices.owner ?? 'all',
            options: [
              { value: 'all', label: 'All' },
              { value: 'none', label: 'Nobody' },
              ...teams.map(({ team, title }) => ({
                value: team,
                label: title,
              })),
            ],
          },
          {
            name: 'kind',
            label: 'Kind',
            value: choices.kind ?? 'all',
            options: [
              { value: 'all', label: 'All' },
              ...KINDS.map(value => ({ value, label: value })),
            ],
          },
          {
            name: 'finding',
            label: 'Finding',
            value: choices.finding ?? 'all',
            options: [
              { value: 'all', label: 'Any or none' },
              ...FINDING_KINDS.map(value => ({
                value,
                label: FINDING_WORDS[value].label,
              })),
            ],
          },
        ]}
        onChoose={(name, value) =>
          choose({ [name]: value === 'all' ? undefined : value })
        }
      >
        <SearchBox
          label="Who owns …"
          value={choices.q ?? ''}
          onSearch={text => choose({ q: text || undefined })}
        />
      </FilterBar>
      {isChosen && <Found choices={choices} onClear={clear} />}
    </>
  );
}

function Found(props: { choices: EntityChoices; onClear(): void }) {
  const { choices, onClear } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const live = usePages({
    key: JSON.stringify(choices),
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listEntities(
        {
          ...choices,
          finding: FINDING_KINDS.find(
            kind => kind === choices.finding,
          ) satisfies FindingKind | undefined,
          cursor,
          limit: PAGE_SIZE,
        },
        options,
      ),
  });
  return (
    <Panel title="Who owns what">
      <LiveView live={live} what="what was found">
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyNotice title="Nothing matches">
              Look for a part of a name, or of the name of a team.
              <Button variant="secondary" size="small" onPress={onClear}>
                Clear
              </Button>
            </EmptyNotice>
          ) : (
            <>
              <EntityTable entities={items} withOwner />
              {hasMore && <ShowMore live={live} />}
            </>
          )
        }
      </LiveView>
    </Panel>
  );
}
