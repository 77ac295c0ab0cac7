import type { PlannedChange } from '@slipway/plugin-platform-common';
import { CommitRange } from './CommitRange';
import styles from './decisions.module.css';
import { DataLoss, FieldList } from './FieldList';

/** What a run changes, a line for each thing, field by field; what is removed or lost stands out. */
export function ChangeList(props: { changes: PlannedChange[] }) {
  return (
    <ul className={styles.changes}>
      {props.changes.map(
        ({ action, what, detail, fields = [], dataLoss, commits }) => (
          <li key={`${action} ${what}`}>
            <span className={styles.action} data-action={action}>
              {action}
            </span>
            <div>
              {what}
              {detail && <span className={styles.detail}>{detail}</span>}
              {dataLoss && <DataLoss what={dataLoss} />}
              {fields.length > 0 && <FieldList fields={fields} />}
              {commits && <CommitRange commits={commits} />}
            </div>
          </li>
        ),
      )}
    </ul>
  );
}
