import { VisuallyHidden } from '@backstage/ui';
import { toneOf, wordOf } from './states';
import styles from './StateBadge.module.css';

/** A state as a coloured dot, for where the word would be in the way; the word is there for screen readers. */
export function StateDot(props: { state: string }) {
  return (
    <span
      className={styles.dot}
      data-tone={toneOf(props.state)}
      title={wordOf(props.state)}
    >
      <VisuallyHidden>{wordOf(props.state)}</VisuallyHidden>
    </span>
  );
}
