import { VisuallyHidden } from '@backstage/ui';
import type { FieldChange } from '@slipway/plugin-platform-common';
import { formatValue } from '@slipway/plugin-platform-react';
import styles from './decisions.module.css';

/** Field by field, what it is and what it would be; what would be lost stands out. */
export function FieldList(props: {
  fields: FieldChange[];
  /** What the two values are called, where an arrow from now to after would mislead. */
  words?: { from: string; to: string };
}) {
  const { fields, words } = props;
  return (
    <ul className={styles.fields}>
      {fields.map(({ field, from, to, dataLoss }) => (
        <li key={field}>
          <span className={styles.field}>{field}</span>
          <span className={styles.values}>
            {from !== undefined && (
              <>
                <Word said={words?.from} spoken="now" />
                <code className={styles.from}>{formatValue(from)}</code>
                {words ? ', ' : <span aria-hidden="true"> → </span>}
              </>
            )}
            <Word said={words?.to} spoken="after" />
            <code>{formatValue(to)}</code>
            {dataLoss && <DataLoss what={dataLoss} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A word before a value: to be seen, or to be heard where the arrow says it. */
function Word(props: { said: string | undefined; spoken: string }) {
  const { said, spoken } = props;
  return said === undefined ? (
    <VisuallyHidden>{spoken} </VisuallyHidden>
  ) : (
    <>{said} </>
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
