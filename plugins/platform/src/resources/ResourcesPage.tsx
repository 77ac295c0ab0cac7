import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
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
import { usePlatformLinks } from '../routes';
import { resourceFilter, type ResourceChoices } from './resourceFilter';
import { ResourceFilters } from './ResourceFilters';
import { ResourceTable } from './ResourceTable';

const PAGE_SIZE = 50;

/** What there is beside the services: databases, caches, volumes; current. */
export function ResourcesPage() {
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const links = usePlatformLinks();
  const { choices, isChosen, choose, clear } = useChoices<ResourceChoices>();

  const live = usePages({
    key: JSON.stringify({ choices, self }),
    matches: ({ type }) => type === 'resource',
    load: async (cursor, options) => {
      const filter = resourceFilter(choices, self, Date.now());
      return filter
        ? platformApi.listResources(
            { ...filter, cursor, limit: PAGE_SIZE },
            options,
          )
        : { items: [] };
    },
  });
  const isKnown = choices.who === 'all' || self !== undefined;

  return (
    <PageFrame
      title="Resources"
      subtitle="Databases, caches and all else that services use"
      actions={
        <ButtonLink variant="primary" href={links.create()}>
          Create
        </ButtonLink>
      }
    >
      <ResourceFilters choices={choices} onChoose={choose} />
      <Panel
        title={
          choices.who === 'all'
            ? 'Resources of all teams'
            : 'Resources of my teams'
        }
      >
        <LiveView
          live={isKnown ? live : { ...live, data: undefined, loading: true }}
          what="the resources"
        >
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <NoResources isFiltered={isChosen} onClear={clear} />
            ) : (
              <>
                <ResourceTable resources={items} />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function NoResources(props: { isFiltered: boolean; onClear(): void }) {
  const links = usePlatformLinks();
  return props.isFiltered ? (
    <EmptyNotice title="No resource matches">
      <Button variant="secondary" size="small" onPress={props.onClear}>
        Show all of my teams
      </Button>
    </EmptyNotice>
  ) : (
    <EmptyNotice title="Your teams have no resources yet">
      Ask for a database or a cache, and have it in a second. What a service
      names in its score.yaml is made when it is deployed.
      <ButtonLink variant="secondary" size="small" href={links.create()}>
        Create the first one
      </ButtonLink>
    </EmptyNotice>
  );
}
