import { ButtonLink } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import {
  EmptyNotice,
  LiveView,
  TabFrame,
} from '@slipway/plugin-platform-react';
import { useServiceName, useServiceOverview } from '../entity';
import { usePlatformLinks } from '../routes';
import { ServiceLog } from './ServiceLog';

/** What a service prints in one of its environments, live. */
export function LogsTab() {
  const service = useServiceName();
  const overview = useServiceOverview(service);
  const links = usePlatformLinks();
  const [search, setSearch] = useSearchParams();

  return (
    <TabFrame>
      <LiveView live={overview} what="the environments">
        {({ environments }) => {
          const running = environments.filter(
            ({ serving, status }) => serving || status.health !== 'unknown',
          );
          if (running.length === 0) {
            return (
              <EmptyNotice title="Nothing runs yet">
                Logs show up with the first deployment.
                <ButtonLink
                  variant="secondary"
                  size="small"
                  href={links.service(service, 'delivery')}
                >
                  Show delivery
                </ButtonLink>
              </EmptyNotice>
            );
          }
          const names = running.map(({ environment }) => environment.name);
          const wanted = search.get('environment') ?? names[0];
          const environment = names.includes(wanted) ? wanted : names[0];
          return (
            <ServiceLog
              key={environment}
              service={service}
              environment={environment}
              environments={running.map(state => state.environment)}
              onChoose={name =>
                setSearch({ environment: name }, { replace: true })
              }
            />
          );
        }}
      </LiveView>
    </TabFrame>
  );
}
