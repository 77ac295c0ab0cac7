import { Select } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './FilterBar.module.css';

/** One thing to choose by. */
export interface Filter {
  name: string;
  label: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  /** What is chosen. */
  value: string;
}

/** Which part of a list to show. What is chosen is among the options, even where the list has nothing of it any more. */
export function FilterBar(props: {
  /** What is chosen, for screen readers: `Which runs`. */
  label: string;
  filters: Filter[];
  onChoose(name: string, value: string): void;
  /** Stands before the others: a search field. */
  children?: ReactNode;
}) {
  const { label, filters, onChoose, children } = props;
  return (
    <div className={styles.filters} role="group" aria-label={label}>
      {children}
      {filters.map(filter => (
        <Select
          key={filter.name}
          label={filter.label}
          size="small"
          searchable={filter.options.length > 10}
          options={withChosen(filter)}
          selectedKey={filter.value}
          onSelectionChange={chosen => onChoose(filter.name, String(chosen))}
        />
      ))}
    </div>
  );
}

function withChosen({ options, value }: Filter) {
  return options.some(option => option.value === value)
    ? options
    : [...options, { value, label: value }];
}
