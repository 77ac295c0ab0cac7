import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { platformApiRef } from '../api';
import { useLive } from '../live';
import {
  KIND_OPTIONS,
  STATE_OPTIONS,
  WHO_OPTIONS,
  type RunChoices,
} from './runFilter';
import styles from './RunsPage.module.css';

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
  const names = new Set(services.map(({ service }) => service));
  if (choices.service) {
    names.add(choices.service);
  }

  const filters = [
    { name: 'who', label: 'Whose', options: WHO_OPTIONS },
    { name: 'state', label: 'State', options: STATE_OPTIONS },
    { name: 'kind', label: 'Kind', options: KIND_OPTIONS },
    {
      name: 'service',
      label: 'Service',
      options: [
        { value: 'all', label: 'All services' },
        ...[...names].sort().map(value => ({ value, label: value })),
      ],
    },
  ] as const;

  return (
    <div className={styles.filters} role="group" aria-label="Which runs">
      {filters.map(({ name, label, options }) => (
        <Select
          key={name}
          label={label}
          size="small"
          searchable={name === 'service' && names.size > 10}
          options={[...options]}
          selectedKey={choices[name] ?? 'all'}
          onSelectionChange={chosen =>
            onChoose({ [name]: chosen === 'all' ? undefined : String(chosen) })
          }
        />
      ))}
    </div>
  );
}
