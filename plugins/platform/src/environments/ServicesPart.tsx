import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Select } from '@backstage/ui';
import type { Environment } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  useChoices,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { AllPreviews } from '../previews';
import { usePlatformLinks } from '../routes';
import { EnvironmentCards } from './EnvironmentCards';
import { ServiceMatrix } from './ServiceMatrix';

const WHO_OPTIONS = [
  { value: 'mine', label: 'My teams' },
  { value: 'all', label: 'Everyone' },
];

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
          <Select
            aria-label="Whose services"
            size="small"
            options={WHO_OPTIONS}
            selectedKey={isAll ? 'all' : 'mine'}
            onSelectionChange={chosen =>
              choose({ who: chosen === 'all' ? 'all' : undefined })
            }
          />
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
      <AllPreviews />
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
