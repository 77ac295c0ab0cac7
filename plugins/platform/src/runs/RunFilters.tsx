import { useApi } from '@backstage/frontend-plugin-api';
import {
  FilterBar,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { useEnvironments } from '../environments/useEnvironments';
import {
  KIND_OPTIONS,
  STATE_OPTIONS,
  WHO_OPTIONS,
  type RunChoices,
} from './runFilter';

/** Which runs to show. */
export function RunFilters(props: {
  choices: RunChoices;
  onChoose(changed: RunChoices): void;
}) {
  const { choices, onChoose } = props;
  const platformApi = useApi(platformApiRef);
  const { data: services = [] } = useLive({
    key: 'services',
    matches: signal => signal.type === 'repository',
    query: options => platformApi.listServices({}, options),
  });
  const { data: environments = [] } = useEnvironments();
  const filters = [
    { name: 'who', label: 'Whose', options: WHO_OPTIONS },
    { name: 'state', label: 'State', options: STATE_OPTIONS },
    { name: 'kind', label: 'Kind', options: KIND_OPTIONS },
    {
      name: 'service',
      label: 'Service',
      options: [
        { value: 'all', label: 'All services' },
        ...services.map(({ service }) => ({ value: service, label: service })),
      ],
    },
    {
      name: 'environment',
      label: 'Environment',
      options: [
        { value: 'all', label: 'All environments' },
        ...environments.map(({ name, title }) => ({
          value: name,
          label: title,
        })),
      ],
    },
  ] as const;

  return (
    <FilterBar
      label="Which runs"
      filters={filters.map(filter => ({
        ...filter,
        value: choices[filter.name] ?? 'all',
      }))}
      onChoose={(name, value) =>
        onChoose({ [name]: value === 'all' ? undefined : value })
      }
    />
  );
}
