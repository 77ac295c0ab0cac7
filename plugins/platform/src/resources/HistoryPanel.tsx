import { useApi } from '@backstage/frontend-plugin-api';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { EmptyNotice, LiveView, Panel, ShowMore } from '../components';
import { usePages } from '../live';
import { RunList } from '../runs/RunList';

const PAGE_SIZE = 10;
const KINDS: readonly string[] = Object.values(RESOURCE_RUN_KINDS);

/** Every run that acted on a resource, or on one of its name before it; newest first. */
export function HistoryPanel(props: { environment: string; name: string }) {
  const platformApi = useApi(platformApiRef);
  const target = `resource:${props.environment}:${props.name}`;
  const live = usePages({
    key: target,
    matches: signal => signal.type === 'run' && KINDS.includes(signal.kind),
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
