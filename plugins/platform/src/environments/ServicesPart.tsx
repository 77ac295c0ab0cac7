import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  ButtonLink,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { Environment } from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { EmptyNotice, LiveView, Panel } from '../components';
import { useLive } from '../live';
import { useSelf } from '../people';
import { useChoices, usePlatformLinks } from '../routes';
import { EnvironmentCards } from './EnvironmentCards';
import { ServiceMatrix } from './ServiceMatrix';

/** The environments with their resources, and below them which service runs where in which version. */
export function ServicesPart(props: { environments: Environment[] }) {
  const { environments } = props;
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const { choices, choose } = useChoices<{ who?: string }>();
  const isAll = choices.who === 'all';
  const owner = isAll ? undefined : self?.ownershipEntityRefs;
  const live = useLive({
    key: JSON.stringify({ isAll, owner }),
    matches: ({ type }) =>
      ['workload', 'run', 'repository', 'pipeline'].includes(type),
    query: async options =>
      isAll || owner ? platformApi.listServices({ owner }, options) : undefined,
  });

  return (
    <>
      <EnvironmentCards environments={environments} />
      <Panel
        title="Services"
        aside={
          <ToggleButtonGroup
            aria-label="Whose services"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[isAll ? 'all' : 'mine']}
            onSelectionChange={chosen =>
              choose({ who: chosen.has('all') ? 'all' : undefined })
            }
          >
            <ToggleButton id="mine" size="small">
              My teams
            </ToggleButton>
            <ToggleButton id="all" size="small">
              Everyone
            </ToggleButton>
          </ToggleButtonGroup>
        }
      >
        <LiveView live={live} what="the services">
          {services =>
            services &&
            (services.length === 0 ? (
              <NoServices isAll={isAll} onAll={() => choose({ who: 'all' })} />
            ) : (
              <ServiceMatrix services={services} environments={environments} />
            ))
          }
        </LiveView>
      </Panel>
    </>
  );
}

function NoServices(props: { isAll: boolean; onAll(): void }) {
  const links = usePlatformLinks();
  return props.isAll ? (
    <EmptyNotice title="There are no services yet">
      <ButtonLink variant="secondary" size="small" href={links.create()}>
        Create the first one
      </ButtonLink>
    </EmptyNotice>
  ) : (
    <EmptyNotice title="Your teams own no service">
      <Button variant="secondary" size="small" onPress={props.onAll}>
        Show those of everyone
      </Button>
    </EmptyNotice>
  );
}
