import { useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyNotice,
  LiveView,
  ShowMore,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { EntityTable, onOwnership } from '../parts';

const PAGE_SIZE = 25;

/** What a team owns, a page at a time. */
export function OwnedEntities({ team }: { team: string }) {
  const ownershipApi = useApi(ownershipApiRef);
  const live = usePages({
    key: team,
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listEntities(
        { owner: team, cursor, limit: PAGE_SIZE },
        options,
      ),
  });
  return (
    <LiveView live={live} what="what the team owns">
      {({ items, hasMore }) =>
        items.length === 0 ? (
          <EmptyNotice title="This team owns nothing yet" />
        ) : (
          <>
            <EntityTable entities={items} />
            {hasMore && <ShowMore live={live} />}
          </>
        )
      }
    </LiveView>
  );
}
