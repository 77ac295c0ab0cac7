import { toneOf, wordOf } from './states';
import styles from './StateBadge.module.css';

/** A state in a word or two, on a ground whose colour says how good it is. */
export function StateBadge(props: {
  state: string;
  /** What to call it here, where the state's own word says too little. */
  label?: string;
  dot?: boolean;
}) {
  const { state, label = wordOf(state), dot = false } = props;
  return (
    <span className={styles.badge} data-tone={toneOf(state)}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {label}
    </span>
  );
}
