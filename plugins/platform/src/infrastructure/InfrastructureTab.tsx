import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  ShowMore,
  TabFrame,
  usePages,
} from '@slipway/plugin-platform-react';
import { useServiceName, useServiceOverview } from '../entity';
import { ResourceTable } from '../resources/ResourceTable';
import { usePlatformLinks } from '../routes';
import { ResourceGraph } from './ResourceGraph';

const PAGE_SIZE = 100;

/** What a service uses in each environment: as a graph, and as a list. */
export function InfrastructureTab() {
  const service = useServiceName();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const overview = useServiceOverview(service);
  const live = usePages({
    key: service,
    matches: ({ type }) => type === 'resource',
    load: (cursor, options) =>
      platformApi.listResources({ service, cursor, limit: PAGE_SIZE }, options),
  });
  const add = (
    <ButtonLink variant="primary" size="small" href={links.create()}>
      Add a database
    </ButtonLink>
  );

  return (
    <TabFrame>
      <Panel title="What it uses" aside={add}>
        <LiveView live={live} what="the resources">
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNotice title={`${service} uses no resources`}>
                Name one in its score.yaml: it is made when the service is
                deployed. Or add a database now, and name it there later.
              </EmptyNotice>
            ) : (
              <LiveView live={overview} what="the environments">
                {({ environments }) => (
                  <ResourceGraph
                    service={service}
                    environments={environments}
                    resources={items}
                  />
                )}
              </LiveView>
            )
          }
        </LiveView>
      </Panel>
      {live.data && live.data.items.length > 0 && (
        <Panel title="Resources">
          <ResourceTable resources={live.data.items} />
          {live.data.hasMore && <ShowMore live={live} />}
        </Panel>
      )}
    </TabFrame>
  );
}
