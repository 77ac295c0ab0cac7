import { VisuallyHidden } from '@backstage/ui';
import type { FieldChange } from '@slipway/plugin-platform-common';
import { formatValue } from '../format';
import styles from './decisions.module.css';

/** Field by field, what it is and what it would be; what would be lost stands out. */
export function FieldList(props: {
  fields: FieldChange[];
  /** What the two values are called for screen readers; left out, now and after. */
  words?: { from: string; to: string };
}) {
  const { fields, words = { from: 'now', to: 'after' } } = props;
  return (
    <ul className={styles.fields}>
      {fields.map(({ field, from, to, dataLoss }) => (
        <li key={field}>
          <span className={styles.field}>{field}</span>
          <span className={styles.values}>
            {from !== undefined && (
              <>
                <VisuallyHidden>{words.from} </VisuallyHidden>
                <code className={styles.from}>{formatValue(from)}</code>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <VisuallyHidden>{words.to} </VisuallyHidden>
            <code>{formatValue(to)}</code>
            {dataLoss && <DataLoss what={dataLoss} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What would be lost for good. */
export function DataLoss(props: { what: string }) {
  return (
    <strong className={styles.loss}>
      <VisuallyHidden>Data would be lost: </VisuallyHidden>
      {props.what}
    </strong>
  );
}
