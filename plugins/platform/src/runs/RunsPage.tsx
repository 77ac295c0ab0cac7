import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  ShowMore,
  useChoices,
  usePages,
  useSelf,
} from '@slipway/plugin-platform-react';
import { runFilter, type RunChoices } from './runFilter';
import { RunFilters } from './RunFilters';
import { RunList } from './RunList';

const PAGE_SIZE = 25;

/** All runs, newest first, as they go. */
export function RunsPage() {
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const { choices, isChosen, choose, clear } = useChoices<RunChoices>();
  const filter = runFilter(choices, self);

  const live = usePages({
    key: JSON.stringify({ filter }),
    matches: signal => signal.type === 'run',
    load: async (cursor, options) =>
      filter
        ? platformApi.listRuns({ ...filter, cursor, limit: PAGE_SIZE }, options)
        : { items: [] },
  });

  return (
    <PageFrame
      title="Runs"
      subtitle="Everything asked of the platform, as it happens"
    >
      <RunFilters choices={choices} onChoose={choose} />
      <Panel title="Newest first">
        <LiveView live={live} what="the runs">
          {({ items, hasMore }) =>
            filter && (
              <>
                <Runs items={items} isFiltered={isChosen} onClear={clear} />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function Runs(props: { items: Run[]; isFiltered: boolean; onClear(): void }) {
  const { items, isFiltered, onClear } = props;
  if (items.length > 0) {
    return <RunList runs={items} />;
  }
  return isFiltered ? (
    <EmptyNotice title="No run matches">
      <Button variant="secondary" size="small" onPress={onClear}>
        Show all runs
      </Button>
    </EmptyNotice>
  ) : (
    <EmptyNotice title="No runs yet">
      Create a service or push a commit: its pipeline and deployment show up
      here.
    </EmptyNotice>
  );
}
