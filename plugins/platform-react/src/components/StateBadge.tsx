import { toneOf, wordOf, type Tone } from './states';
import styles from './StateBadge.module.css';

/** A state in a word or two, on a ground whose colour says how good it is. */
export function StateBadge(props: {
  state: string;
  /** What to call it here, where the state's own word says too little. */
  label?: string;
  /** How good it is here, where that is not for the state's word alone to say. */
  tone?: Tone;
  dot?: boolean;
  /** What it means, shown to who points at it. */
  meaning?: string;
}) {
  const { state, dot = false, meaning } = props;
  const { label = wordOf(state), tone = toneOf(state) } = props;
  return (
    <span className={styles.badge} data-tone={tone} title={meaning}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {label}
    </span>
  );
}
