import type { PlannedChange } from '@slipway/plugin-platform-common';
import styles from './decisions.module.css';

/** What a run changes, a line for each thing; what is removed stands out. */
export function ChangeList(props: { changes: PlannedChange[] }) {
  return (
    <ul className={styles.changes}>
      {props.changes.map(({ action, what, detail }) => (
        <li key={`${action} ${what}`}>
          <span className={styles.action} data-action={action}>
            {action}
          </span>
          <span>
            {what}
            {detail && <span className={styles.detail}>{detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
