import type { Remains } from '@slipway/plugin-platform-common';
import styles from './decisions.module.css';

/** What a run made, or may have made, and has not taken back. */
export function RemainsList(props: { remains: Remains[] }) {
  return (
    <ul className={styles.remains}>
      {props.remains.map(({ stepId, what, certain }) => (
        <li key={`${stepId} ${what}`}>
          {what}
          {!certain && (
            <span className={styles.detail}>
              may be there: its step did not end well
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
