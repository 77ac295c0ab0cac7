import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  FINDING_KINDS,
  FINDING_STATES,
  type FindingFilter,
} from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  FilterBar,
  LiveView,
  Panel,
  type Self,
  ShowMore,
  useChoices,
  usePages,
  useSelf,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { FINDING_WORDS, onOwnership, OwnershipFrame } from '../parts';
import { FindingTable } from './FindingTable';

const PAGE_SIZE = 25;

/** What stands in the address. */
interface FindingChoices {
  kind?: string;
  state?: string;
  /** `all`, `mine`, `none` for what nobody owns, or a group reference. */
  who?: string;
}

/** What is wrong with how things are owned, as work items; current. */
export function FindingsPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const self = useSelf();
  const { choices, isChosen, choose, clear } = useChoices<FindingChoices>();
  const filter = filterOf(choices, self);
  const live = usePages({
    key: JSON.stringify({ filter }),
    ...onOwnership,
    load: async (cursor, options) =>
      filter
        ? ownershipApi.listFindings(
            { ...filter, cursor, limit: PAGE_SIZE },
            options,
          )
        : { items: [] },
  });
  const { who = 'all' } = choices;
  const teams = new Set(
    [...(self?.ownershipEntityRefs ?? []), who].filter(isGroup),
  );

  return (
    <OwnershipFrame subtitle="What is wrong with how things are owned; each closes by itself once it is mended">
      <FilterBar
        label="Which work items"
        filters={[
          {
            name: 'kind',
            label: 'Why',
            value: choices.kind ?? 'all',
            options: [
              { value: 'all', label: 'Anything' },
              ...FINDING_KINDS.map(value => ({
                value,
                label: FINDING_WORDS[value].label,
              })),
            ],
          },
          {
            name: 'who',
            label: 'Whose',
            value: who,
            options: [
              { value: 'all', label: 'Everybody’s' },
              { value: 'mine', label: 'Mine' },
              { value: 'none', label: 'Nobody’s' },
              ...[...teams].map(value => ({
                value,
                label: value.slice(value.indexOf('/') + 1),
              })),
            ],
          },
          {
            name: 'state',
            label: 'State',
            value: choices.state ?? 'open',
            options: FINDING_STATES.map(value => ({ value, label: value })),
          },
        ]}
        onChoose={(name, value) =>
          choose({
            [name]: value === 'all' || value === 'open' ? undefined : value,
          })
        }
      />
      <Panel title="The gravest first">
        <LiveView
          live={filter ? live : { ...live, data: undefined, loading: true }}
          what="the work items"
        >
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <EmptyNotice
                title={isChosen ? 'No work item matches' : 'Nothing to mend'}
              >
                {isChosen ? (
                  <Button variant="secondary" size="small" onPress={clear}>
                    Show all that are open
                  </Button>
                ) : (
                  'Everything has an owner who is there.'
                )}
              </EmptyNotice>
            ) : (
              <>
                <FindingTable findings={items} onChanged={live.refresh} />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </OwnershipFrame>
  );
}

/** What to ask for; `undefined` as long as that depends on who reads, and that isn't known. */
function filterOf(
  choices: FindingChoices,
  self: Self | undefined,
): FindingFilter | undefined {
  const { who = 'all' } = choices;
  if (who === 'mine' && !self) {
    return undefined;
  }
  return {
    kind: FINDING_KINDS.find(kind => kind === choices.kind),
    state: FINDING_STATES.find(state => state === choices.state),
    ...(who === 'mine' && { assignee: self?.userEntityRef }),
    ...((who === 'none' || isGroup(who)) && { owner: who }),
  };
}

function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}
