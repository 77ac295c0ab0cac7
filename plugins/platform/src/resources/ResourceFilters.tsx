import { FilterBar, SearchBox } from '@slipway/plugin-platform-react';
import { useEnvironments } from '../environments/useEnvironments';
import {
  NEEDS_OPTIONS,
  STATE_OPTIONS,
  WHO_OPTIONS,
  type ResourceChoices,
} from './resourceFilter';
import { useResourceTypes } from './useResourceTypes';

/** What stands for "not filtered by"; whose they are is `mine` unless told. */
const DEFAULTS: Record<string, string> = { who: 'mine' };

/** Which resources to show. */
export function ResourceFilters(props: {
  choices: ResourceChoices;
  onChoose(changed: ResourceChoices): void;
}) {
  const { choices, onChoose } = props;
  const { data: environments = [] } = useEnvironments();
  const { data: types = [] } = useResourceTypes();
  const filters = [
    { name: 'who', label: 'Whose', options: WHO_OPTIONS },
    {
      name: 'environment',
      label: 'Environment',
      options: [
        { value: 'all', label: 'All' },
        ...environments.map(({ name, title }) => ({
          value: name,
          label: title,
        })),
      ],
    },
    {
      name: 'type',
      label: 'Type',
      options: [
        { value: 'all', label: 'All' },
        ...types.map(({ type, title }) => ({ value: type, label: title })),
      ],
    },
    { name: 'state', label: 'State', options: STATE_OPTIONS },
    { name: 'needs', label: 'Needs', options: NEEDS_OPTIONS },
  ] as const;

  return (
    <FilterBar
      label="Which resources"
      filters={filters.map(filter => ({
        ...filter,
        value: choices[filter.name] ?? DEFAULTS[filter.name] ?? 'all',
      }))}
      onChoose={(name, value) =>
        onChoose({
          [name]: value === (DEFAULTS[name] ?? 'all') ? undefined : value,
        })
      }
    >
      <SearchBox
        label="Name"
        value={choices.search ?? ''}
        onSearch={text => onChoose({ search: text || undefined })}
      />
    </FilterBar>
  );
}
