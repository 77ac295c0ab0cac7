import { useApi } from '@backstage/frontend-plugin-api';
import type { Resource } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  ShowMore,
  usePages,
} from '@slipway/plugin-platform-react';
import { RunList } from '../runs/RunList';
import { isResourceRun, targetOf } from './resourceRuns';

const PAGE_SIZE = 10;

/** Every run that acted on a resource, or on one of its name before it; newest first. */
export function HistoryPanel(props: { resource: Resource }) {
  const platformApi = useApi(platformApiRef);
  const target = targetOf(props.resource);
  const live = usePages({
    key: target,
    matches: isResourceRun,
    load: (cursor, options) =>
      platformApi.listRuns({ target, cursor, limit: PAGE_SIZE }, options),
  });
  return (
    <Panel title="History">
      <LiveView live={live} what="the history">
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyNotice title="No run has acted on it yet" />
          ) : (
            <>
              <RunList runs={items} />
              {hasMore && <ShowMore live={live} />}
            </>
          )
        }
      </LiveView>
    </Panel>
  );
}
