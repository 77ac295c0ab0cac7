import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  DEPLOYMENT_STATES,
  type Deployment,
  type DeploymentState,
} from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  FilterBar,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  ShowMore,
  useChoices,
  usePages,
  useSelf,
  wordOf,
} from '@slipway/plugin-platform-react';
import { useEnvironments } from '../environments/useEnvironments';
import { DeploymentTable } from './DeploymentTable';

const PAGE_SIZE = 25;

interface DeliveryChoices {
  who?: string;
  state?: string;
  environment?: string;
}

/** What was deployed where, of all services, as it happens. */
export function DeliveriesPage() {
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const { choices, isChosen, choose, clear } = useChoices<DeliveryChoices>();
  const { data: environments = [] } = useEnvironments();
  const isMine = choices.who === 'mine';
  const filter = {
    environment: choices.environment,
    state: choices.state ? [choices.state as DeploymentState] : undefined,
    owner: isMine ? self?.ownershipEntityRefs : undefined,
  };
  const live = usePages({
    key: JSON.stringify(filter),
    matches: signal => signal.type === 'run' && signal.kind === 'deploy',
    load: async (cursor, options) =>
      isMine && !self
        ? { items: [] }
        : platformApi.pageDeployments(
            { ...filter, cursor, limit: PAGE_SIZE },
            options,
          ),
  });

  return (
    <PageFrame
      title="Deliveries"
      subtitle="What was deployed where, of all services, as it happens"
    >
      <FilterBar
        label="Which deliveries"
        filters={[
          {
            name: 'who',
            label: 'Whose',
            value: choices.who ?? 'all',
            options: [
              { value: 'all', label: 'Everybody’s' },
              { value: 'mine', label: 'My teams’' },
            ],
          },
          {
            name: 'environment',
            label: 'Environment',
            value: choices.environment ?? 'all',
            options: [
              { value: 'all', label: 'All environments' },
              ...environments.map(({ name, title }) => ({
                value: name,
                label: title,
              })),
            ],
          },
          {
            name: 'state',
            label: 'State',
            value: choices.state ?? 'all',
            options: [
              { value: 'all', label: 'Any state' },
              ...DEPLOYMENT_STATES.map(state => ({
                value: state,
                label: state === 'pending' ? 'not started' : wordOf(state),
              })),
            ],
          },
        ]}
        onChoose={(name, value) =>
          choose({ [name]: value === 'all' ? undefined : value })
        }
      />
      <Panel title="Newest first">
        <LiveView live={live} what="the deliveries">
          {({ items, hasMore }) => (
            <>
              <Deliveries items={items} isFiltered={isChosen} onClear={clear} />
              {hasMore && <ShowMore live={live} />}
            </>
          )}
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function Deliveries(props: {
  items: Deployment[];
  isFiltered: boolean;
  onClear(): void;
}) {
  const { items, isFiltered, onClear } = props;
  if (items.length > 0) {
    return <DeploymentTable deployments={items} showService />;
  }
  return isFiltered ? (
    <EmptyNotice title="No delivery matches">
      <Button variant="secondary" size="small" onPress={onClear}>
        Show all deliveries
      </Button>
    </EmptyNotice>
  ) : (
    <EmptyNotice title="Nothing was deployed yet">
      Create a service or push a commit: what its pipeline builds is deployed by
      itself, and shows up here.
    </EmptyNotice>
  );
}
