import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link } from '@backstage/ui';
import type { Transfer, TransferState } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  EntityLink,
  FilterBar,
  LiveView,
  Panel,
  ShowMore,
  StateBadge,
  TimeAgo,
  useChoices,
  usePages,
  useSelf,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership, OwnershipFrame, TeamLink } from '../parts';
import { titleOf } from './titleOf';
import { OPEN_STATES, OVER_STATES, TRANSFER_WORDS } from './transferStates';

const PAGE_SIZE = 25;

/** Transfers, the newest first. */
export function TransfersPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const self = useSelf();
  const { choices, choose } = useChoices<{ state?: string; team?: string }>();
  const { state = 'open', team } = choices;
  const live = usePages({
    key: JSON.stringify({ state, team }),
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listTransfers(
        {
          state: statesOf(state),
          team,
          cursor,
          limit: PAGE_SIZE,
        },
        options,
      ),
  });
  const teams =
    self?.ownershipEntityRefs.filter(ref => ref.startsWith('group:')) ?? [];

  return (
    <OwnershipFrame
      subtitle="What goes from one team to another, and who has to answer"
      actions={
        <ButtonLink variant="primary" href={links.newTransfer()}>
          Offer a transfer
        </ButtonLink>
      }
    >
      <FilterBar
        label="Which transfers"
        filters={[
          {
            name: 'state',
            label: 'State',
            value: state,
            options: [
              { value: 'open', label: 'Not over' },
              { value: 'all', label: 'All' },
              ...OVER_STATES.map(value => ({
                value,
                label: TRANSFER_WORDS[value].label,
              })),
            ],
          },
          {
            name: 'team',
            label: 'Team',
            value: team ?? 'all',
            options: [
              { value: 'all', label: 'All teams' },
              ...teams.map(value => ({
                value,
                label: value.slice(value.indexOf('/') + 1),
              })),
            ],
          },
        ]}
        onChoose={(name, value) =>
          choose({
            [name]:
              value === 'open' || (name === 'team' && value === 'all')
                ? undefined
                : value,
          })
        }
      />
      <Panel title="Newest first">
        <LiveView live={live} what="the transfers">
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <EmptyNotice title="No transfers">
                Offer a service or resource to another team: it goes there once
                somebody of that team accepts.
              </EmptyNotice>
            ) : (
              <>
                <TransferTable transfers={items} />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </OwnershipFrame>
  );
}

/** `undefined`: all. */
function statesOf(choice: string): TransferState[] | undefined {
  if (choice === 'open') {
    return [...OPEN_STATES];
  }
  const chosen = OVER_STATES.filter(state => state === choice);
  return chosen.length > 0 ? chosen : undefined;
}

function TransferTable({ transfers }: { transfers: Transfer[] }) {
  const links = useOwnershipLinks();
  return (
    <DataTable columns={['What', 'To', 'Offered by', 'State']}>
      {transfers.map(transfer => (
        <tr key={transfer.id}>
          <th scope="row" data-wide="">
            <Link href={links.transfer(transfer.id)} standalone>
              {titleOf(transfer)}
            </Link>
          </th>
          <td data-label="To">
            <TeamLink team={transfer.to} title={transfer.toTitle} />
          </td>
          <td data-label="By">
            <EntityLink entityRef={transfer.offeredBy} />,{' '}
            <TimeAgo at={transfer.offeredAt} />
          </td>
          <td>
            <StateBadge
              state={transfer.state}
              {...TRANSFER_WORDS[transfer.state]}
            />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
