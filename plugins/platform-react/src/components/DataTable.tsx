import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

/**
 * A table, dense on a wide screen; on a narrow one each row is a card. A cell there says what it is by its `data-label`, and takes the
 * whole width with `data-wide`.
 */
export function DataTable(props: {
  columns: ReactNode[];
  /** What it lists, for screen readers, where no heading says so. */
  label?: string;
  /** The rows. */
  children: ReactNode;
}) {
  const { columns, label, children } = props;
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={index} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
