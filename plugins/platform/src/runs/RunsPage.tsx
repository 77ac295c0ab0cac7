import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import { EmptyNotice, LiveView, PageFrame, Panel } from '../components';
import { useLive } from '../live';
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
  const [pages, setPages] = useState(1);
  const choices: RunChoices = Object.fromEntries(search);
  const filter = runFilter(choices, self);

  const choose = (changed: RunChoices) => {
    const kept = Object.entries({ ...choices, ...changed }).filter(
      ([, value]) => value !== undefined,
    );
    setPages(1);
    setSearch(kept as Array<[string, string]>, { replace: true });
  };

  const live = useLive({
    key: JSON.stringify({ filter }),
    matches: signal => signal.type === 'run',
    query: async options => {
      const items: Run[] = [];
      let cursor: string | undefined;
      for (let page = 0; filter && page < pages; page++) {
        const answer = await platformApi.listRuns(
          { ...filter, cursor, limit: PAGE_SIZE },
          options,
        );
        items.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return filter && { items, hasMore: cursor !== undefined };
    },
  });

  return (
    <PageFrame
      title="Runs"
      subtitle="Everything asked of the platform, as it happens"
    >
      <RunFilters choices={choices} onChoose={choose} />
      <Panel title="Newest first">
        <LiveView live={live} what="the runs">
          {data =>
            data && (
              <RunList
                {...data}
                isFiltered={search.size > 0}
                onClear={() => setSearch([], { replace: true })}
                onMore={() => {
                  setPages(pages + 1);
                  live.refresh();
                }}
              />
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function RunList(props: {
  items: Run[];
  hasMore: boolean;
  isFiltered: boolean;
  onClear(): void;
  onMore(): void;
}) {
  const { items, hasMore, isFiltered, onClear, onMore } = props;
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
    <>
      <ul className={styles.list}>
        {items.map(run => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
      {hasMore && (
        <Flex justify="center" mt="3">
          <Button variant="secondary" onPress={onMore}>
            Show more
          </Button>
        </Flex>
      )}
    </>
  );
}
