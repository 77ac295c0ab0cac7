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
  const { data: environments = [] } = useLive({
    key: 'environments',
    matches: () => false,
    query: options => platformApi.listEnvironments(options),
  });
  const filters = [
    { name: 'who', label: 'Whose', options: WHO_OPTIONS },
    { name: 'state', label: 'State', options: STATE_OPTIONS },
    {
      name: 'kind',
      label: 'Kind',
      options: withChosen(KIND_OPTIONS, choices.kind),
    },
    {
      name: 'service',
      label: 'Service',
      options: withChosen(
        [
          { value: 'all', label: 'All services' },
          ...services.map(({ service }) => ({
            value: service,
            label: service,
          })),
        ],
        choices.service,
      ),
    },
    {
      name: 'environment',
      label: 'Environment',
      options: withChosen(
        [
          { value: 'all', label: 'All environments' },
          ...environments.map(({ name, title }) => ({
            value: name,
            label: title,
          })),
        ],
        choices.environment,
      ),
    },
  ] as const;

  return (
    <div className={styles.filters} role="group" aria-label="Which runs">
      {filters.map(({ name, label, options }) => (
        <Select
          key={name}
          label={label}
          size="small"
          searchable={options.length > 10}
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

/** The address may name what is not among the options: it is chosen all the same, and said. */
function withChosen(
  options: Array<{ value: string; label: string }>,
  chosen: string | undefined,
) {
  return chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }];
}
