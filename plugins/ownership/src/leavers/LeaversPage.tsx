import { useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyNotice,
  LiveView,
  Panel,
  ShowMore,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { onOwnership, OwnershipFrame } from '../parts';
import { HeldLeavers } from './HeldLeavers';
import { LeaverTable } from './LeaverTable';

const PAGE_SIZE = 25;

/** Who left, what was taken back, and what that leaves to do; current. */
export function LeaversPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const live = usePages({
    key: 'leavers',
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listLeavers({ cursor, limit: PAGE_SIZE }, options),
  });
  return (
    <OwnershipFrame subtitle="Who left, and what of theirs is for others now">
      <LiveView live={live} what="who left">
        {({ items, hasMore }) => (
          <>
            <HeldLeavers
              leavers={items.filter(({ state }) => state === 'held')}
              onConfirmed={live.refresh}
            />
            <Panel title="Latest first">
              {items.length === 0 ? (
                <EmptyNotice title="Nobody has left">
                  Whoever the catalog no longer has shows up here. Their access
                  tokens are revoked, and what waits for them goes to others.
                </EmptyNotice>
              ) : (
                <>
                  <LeaverTable leavers={items} />
                  {hasMore && <ShowMore live={live} />}
                </>
              )}
            </Panel>
          </>
        )}
      </LiveView>
    </OwnershipFrame>
  );
}
