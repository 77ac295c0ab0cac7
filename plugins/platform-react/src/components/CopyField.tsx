import { CopyButton } from './CopyButton';
import styles from './CopyField.module.css';

/** A text to copy: an address, a command, a secret. */
export function CopyField(props: {
  text: string;
  /** What the text is, such as `clone address`. */
  label: string;
  /** Whether many of them stand below each other. */
  isCompact?: boolean;
}) {
  const { text, label, isCompact } = props;
  return (
    <div className={styles.field}>
      <code className={styles.text}>{text}</code>
      <CopyButton
        text={text}
        accessibleLabel={`Copy ${label}`}
        isCompact={isCompact}
      />
    </div>
  );
}
