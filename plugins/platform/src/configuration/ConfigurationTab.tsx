import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/plugin-platform-common';
import { useSearchParams } from 'react-router-dom';
import {
  FilterBar,
  LiveView,
  platformApiRef,
  TabFrame,
  useLive,
} from '@slipway/plugin-platform-react';
import { useServiceName } from '../entity';
import { useEnvironments } from '../environments/useEnvironments';
import { ConfigurationEditor } from './ConfigurationEditor';
import { ConfigurationHistory } from './ConfigurationHistory';

/** What a service is given in each environment: variables and secrets, and who changed them. */
export function ConfigurationTab() {
  const service = useServiceName();
  const environments = useEnvironments();
  const [search, setSearch] = useSearchParams();
  return (
    <TabFrame>
      <LiveView live={environments} what="the environments">
        {all => {
          const names = all.map(({ name }) => name);
          const wanted = search.get('environment') ?? names[0];
          const name = names.includes(wanted) ? wanted : names[0];
          return (
            <>
              <FilterBar
                label="Where"
                filters={[
                  {
                    name: 'environment',
                    label: 'Environment',
                    value: name,
                    options: all.map(each => ({
                      value: each.name,
                      label: each.title,
                    })),
                  },
                ]}
                onChoose={(_, chosen) =>
                  setSearch({ environment: chosen }, { replace: true })
                }
              />
              <InEnvironment
                key={name}
                service={service}
                environment={all.find(each => each.name === name)!}
              />
            </>
          );
        }}
      </LiveView>
    </TabFrame>
  );
}

function InEnvironment(props: { service: string; environment: Environment }) {
  const { service, environment } = props;
  const platformApi = useApi(platformApiRef);
  const { name } = environment;
  const live = useLive({
    key: `${service} ${name}`,
    matches: signal =>
      signal.type === 'run' &&
      signal.service === service &&
      signal.environment === name,
    query: options =>
      platformApi.getConfiguration({ service, environment: name }, options),
  });
  return (
    <LiveView live={live} what="the configuration">
      {configuration => (
        <>
          <ConfigurationEditor
            configuration={configuration}
            environment={environment}
            onChanged={live.refresh}
          />
          <ConfigurationHistory history={configuration.history} />
        </>
      )}
    </LiveView>
  );
}
