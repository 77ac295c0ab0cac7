import { toneOf, wordOf } from './states';
import styles from './StateBadge.module.css';

/** A state in one word, on a ground whose colour says how good it is. */
export function StateBadge(props: { state: string; dot?: boolean }) {
  const { state, dot = false } = props;
  return (
    <span className={styles.badge} data-tone={toneOf(state)}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {wordOf(state)}
    </span>
  );
}
