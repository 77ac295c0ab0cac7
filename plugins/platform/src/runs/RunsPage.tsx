import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { useSearchParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
  Panel,
  ShowMore,
} from '../components';
import { usePages } from '../live';
import { useSelf } from '../people';
import { runFilter, type RunChoices } from './runFilter';
import { RunFilters } from './RunFilters';
import { RunRow } from './RunRow';
import styles from './RunsPage.module.css';

const PAGE_SIZE = 25;

/** All runs, newest first, as they go. */
export function RunsPage() {
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const [search, setSearch] = useSearchParams();
  const choices: RunChoices = Object.fromEntries(search);
  const filter = runFilter(choices, self);

  const choose = (changed: RunChoices) => {
    const kept = Object.entries({ ...choices, ...changed }).filter(
      ([, value]) => value !== undefined,
    );
    setSearch(kept as Array<[string, string]>, { replace: true });
  };

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
                <RunList
                  items={items}
                  isFiltered={search.size > 0}
                  onClear={() => setSearch([], { replace: true })}
                />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function RunList(props: {
  items: Run[];
  isFiltered: boolean;
  onClear(): void;
}) {
  const { items, isFiltered, onClear } = props;
  if (items.length === 0) {
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
  return (
    <ul className={styles.list}>
      {items.map(run => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}
